package shedlab.load;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;
import shedlab.task.CpuTask;

/**
 * How much work the requests ask for, as units of {@link CpuTask}. The mean is given in units; the
 * law says how sizes vary around it.
 *
 * <ul>
 *   <li>{@code deterministic}: all alike.
 *   <li>{@code exponential}: the law of most formulas.
 *   <li>{@code bimodal:large=0.1,ratio=11}: a share of requests that is so many times as large as
 *       the others.
 *   <li>{@code pareto:alpha=1.5,ratio=1000}: heavy-tailed between a least size and {@code ratio}
 *       times it (bounded Pareto; Crovella and Bestavros 1997).
 *   <li>{@code lognormal:cv=1}: with this standard deviation, in means.
 * </ul>
 *
 * <p>Sizes are rounded to whole units from 1 to {@link CpuTask#MAX_UNITS}: below a mean of about 10
 * the floor makes the true mean noticeably larger.
 */
public final class ServiceLaw {
  private static final Parameter<Double> LARGE =
      Parameter.real("large", "share of large requests", 0.001, 0.999).defaultsTo(0.1);
  private static final Parameter<Double> BIMODAL_RATIO = ratio(11.0);
  private static final Parameter<Double> ALPHA =
      Parameter.real("alpha", "tail index", 0.1, 10).defaultsTo(1.5);
  private static final Parameter<Double> PARETO_RATIO = ratio(1_000.0);
  private static final Parameter<Double> CV =
      Parameter.real("cv", "standard deviation over mean", 0.01, 100).defaultsTo(1.0);

  /** From a stream of random numbers to draws of mean 1. */
  private interface Shape extends Function<SplittableRandom, DoubleSupplier> {}

  private static final List<Definition<Shape>> DEFINITIONS =
      List.of(
          new Definition<>("deterministic", "all alike", "-", spec -> random -> () -> 1),
          new Definition<>("exponential", "memoryless", "-", spec -> Draws::unitExponential),
          new Definition<>(
              "bimodal",
              "small and large",
              "-",
              spec -> bimodal(spec.get(LARGE), spec.get(BIMODAL_RATIO)),
              LARGE,
              BIMODAL_RATIO),
          new Definition<>(
              "pareto",
              "heavy-tailed, bounded",
              "Crovella and Bestavros 1997",
              spec -> pareto(spec.get(ALPHA), spec.get(PARETO_RATIO)),
              ALPHA,
              PARETO_RATIO),
          new Definition<>("lognormal", "skewed", "-", spec -> lognormal(spec.get(CV)), CV));

  private final Named<Shape> named;
  private final int meanUnits;

  private ServiceLaw(Named<Shape> named, int meanUnits) {
    if (meanUnits < 1 || meanUnits > CpuTask.MAX_UNITS) {
      throw new SpecException("units", meanUnits, "a whole number from 1 to " + CpuTask.MAX_UNITS);
    }
    this.named = named;
    this.meanUnits = meanUnits;
  }

  /** The same for every request. */
  public static ServiceLaw deterministic(int meanUnits) {
    return parse("deterministic", meanUnits);
  }

  /** Exponential, rounded to whole units. */
  public static ServiceLaw exponential(int meanUnits) {
    return parse("exponential", meanUnits);
  }

  /**
   * Reads {@code name[:key=value{,key=value}]}.
   *
   * @throws SpecException for an unknown name or key, or a value against its rule
   */
  public static ServiceLaw parse(String text, int meanUnits) {
    return new ServiceLaw(Named.read("service-law", text, DEFINITIONS), meanUnits);
  }

  /** The mean, before rounding. */
  public int meanUnits() {
    return meanUnits;
  }

  /**
   * The units of one request after the other. The same seed gives the same sizes; the draws are
   * independent of {@link Arrivals} from the same seed.
   */
  public IntSupplier draws(long seed) {
    DoubleSupplier ofMeanOne = named.value().apply(Draws.sizes(seed));
    return () -> rounded(ofMeanOne.getAsDouble());
  }

  /** The units of every arrival of a schedule: what is drawn for it, times its own size. */
  public int[] units(ArrivalSchedule schedule, long seed) {
    DoubleSupplier ofMeanOne = named.value().apply(Draws.sizes(seed));
    int[] units = new int[schedule.size()];
    for (int i = 0; i < units.length; i++) {
      units[i] = rounded(ofMeanOne.getAsDouble() * schedule.work(i));
    }
    return units;
  }

  private int rounded(double relative) {
    return (int) Math.max(1, Math.min(CpuTask.MAX_UNITS, Math.round(meanUnits * relative)));
  }

  /** The first {@code count} of {@link #draws}. */
  public int[] units(int count, long seed) {
    IntSupplier draws = draws(seed);
    int[] units = new int[count];
    for (int i = 0; i < count; i++) {
      units[i] = draws.getAsInt();
    }
    return units;
  }

  /** The canonical text, without the mean. */
  @Override
  public String toString() {
    return named.text();
  }

  private static Shape bimodal(double large, double ratio) {
    double small = 1 / (1 - large + large * ratio);
    return random -> () -> Draws.uniform(random) < large ? ratio * small : small;
  }

  private static Shape pareto(double alpha, double ratio) {
    double tail = 1 - StrictMath.pow(ratio, -alpha);
    double meanOverLeast =
        alpha == 1
            ? StrictMath.log(ratio) / tail
            : alpha / (alpha - 1) * (1 - StrictMath.pow(ratio, 1 - alpha)) / tail;
    return random ->
        () -> StrictMath.pow(1 - Draws.uniform(random) * tail, -1 / alpha) / meanOverLeast;
  }

  private static Shape lognormal(double cv) {
    double variance = StrictMath.log1p(cv * cv);
    double sigma = StrictMath.sqrt(variance);
    return random -> () -> StrictMath.exp(sigma * Draws.normal(random) - variance / 2);
  }

  private static Parameter<Double> ratio(double value) {
    return Parameter.real("ratio", "largest over smallest", 1.001, 1e6).defaultsTo(value);
  }
}
