package shedlab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.result.Interval;
import shedlab.simulation.theory.DeterministicQueue;
import shedlab.simulation.theory.LossSystem;
import shedlab.simulation.theory.LossSystemMeans;
import shedlab.strategy.Strategies;

/**
 * The production gate in simulated time against queueing theory, in the steady state.
 *
 * <p><b>Method.</b> Batch means (Law and Kelton, Simulation Modeling and Analysis, chapter 9): one
 * run per cell, of which the first two batches are dropped and the next {@value #BATCHES} measured;
 * a batch is at least 20 mean service times long. The formula must lie in the confidence interval
 * of each measure, or within 0.2 % of what was measured. Confidence is 99 % for <i>all</i> measures
 * of all cells together (Bonferroni), so that a correct simulator fails with one set of seeds in a
 * hundred.
 *
 * <p>An interval may be at most 2 % of the formula to either side. A run with wider intervals is
 * repeated with the length that it needs, and fails if that is too long. For a shed share the 2 %
 * are relative to the share or to 1 minus the share, whichever is smaller, but at least 0.6 % of
 * all arrivals; for a wait, at least 0.4 % of a service time.
 */
@Execution(ExecutionMode.CONCURRENT)
@Tag("optimized")
class OracleTest {
  private static final int BATCHES = 40;

  /** Student's t with 39 degrees of freedom at {@code 1 - 0.01 / 2 / 504}: so many measures. */
  private static final double QUANTILE = 4.86;

  private static final double WIDEST = 0.02;
  private static final double SHORTEST_BATCH = 0.2; // seconds
  private static final double SHORTEST = 50_000;
  private static final double LONGEST = 2_000_000;

  private static final int SERVICE_UNITS = 10_000;
  private static final double SERVICE_NANOS = SERVICE_UNITS * 1_000.0;

  /** Set by {@code make test-runs}: 174 cells instead of 20. */
  private static final boolean THOROUGH = Boolean.getBoolean("shedlab.thorough");

  private static final double[] LOADS = {0.5, 0.9, 1, 1.2, 2, 5};
  private static final int[] CORES = {1, 4, 64};

  /** The tail is bounded at 100: with more, a run of a second would show nothing. */
  private static final List<String> LAWS =
      List.of(
          "deterministic",
          "exponential",
          "bimodal:large=0.1,ratio=11",
          "pareto:alpha=1.5,ratio=100",
          "lognormal:cv=1");

  static final List<Arguments> SEMAPHORES = cells(LAWS);
  static final List<Arguments> SHARERS =
      cells(List.of("deterministic", "exponential", "pareto:alpha=1.5,ratio=100"));
  static final List<Arguments> QUEUES = cells(List.of("exponential"));
  static final List<Arguments> QUEUES_OF_EQUALS =
      cells(List.of("deterministic")).stream().filter(cell -> cell.get()[1].equals(1)).toList();

  static final List<Arguments> QUEUES_ON_FOUR =
      QUEUES.stream().filter(cell -> cell.get()[1].equals(4)).toList();

  @ParameterizedTest(name = "{0}, {1} cores, {2}x")
  @FieldSource("SEMAPHORES")
  void aPermitPerCoreIsErlangsLossSystemWhateverTheServiceLaw(String law, int cores, double load) {
    double erlangs = cores * load;
    check(
        new Cell("fixed:limit=" + cores, ServerModel.of(cores), law, load),
        new Measure(
            "shed share", Interval::shedShare, share(LossSystem.shedShare(cores, cores, erlangs))),
        new Measure(
            "in system",
            Interval::meanInSystem,
            number(LossSystemMeans.meanInSystem(cores, cores, erlangs))),
        new Measure("sojourn", OracleTest::sojourn, number(1)));
  }

  @ParameterizedTest(name = "{0}, {1} cores, {2}x")
  @FieldSource("SHARERS")
  void morePermitsThanTimeSlicedCoresAreProcessorSharingWithBoundedRoom(
      String law, int cores, double load) {
    int limit = cores + Math.max(3, cores / 4);
    double erlangs = cores * load;
    double shed = LossSystem.shedShare(cores, limit, erlangs);
    double inSystem = LossSystemMeans.meanInSystem(cores, limit, erlangs);
    check(
        new Cell("fixed:limit=" + limit, ServerModel.of(cores).processorSharing(), law, load),
        new Measure("shed share", Interval::shedShare, share(shed)),
        new Measure("in system", Interval::meanInSystem, number(inSystem)),
        new Measure("sojourn", OracleTest::sojourn, number(inSystem / (erlangs * (1 - shed)))));
  }

  @ParameterizedTest(name = "{1} cores, {2}x")
  @FieldSource("QUEUES")
  void aBoundedQueueInFrontOfWorkersIsMMcK(String law, int cores, double load) {
    int room = cores + Math.max(4, cores / 4);
    check(
        new Cell(queue(cores, room - cores), ServerModel.of(cores), law, load),
        mmck(cores, room, load));
  }

  @ParameterizedTest(name = "{1} cores, {2}x")
  @FieldSource("QUEUES_ON_FOUR")
  void aServerThatIsThreePercentTooFastIsDetected(String law, int cores, double load) {
    int room = cores + Math.max(4, cores / 4);
    ServerModel tooFast = ServerModel.of(cores).withUnitNanos(970);

    assertThatThrownBy(
            () ->
                check(
                    new Cell(queue(cores, room - cores), tooFast, law, load),
                    mmck(cores, room, load)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("in theory");
  }

  private static Measure[] mmck(int cores, int room, double load) {
    double erlangs = cores * load;
    return new Measure[] {
      new Measure(
          "shed share", Interval::shedShare, share(LossSystem.shedShare(cores, room, erlangs))),
      new Measure(
          "in system",
          Interval::meanInSystem,
          number(LossSystemMeans.meanInSystem(cores, room, erlangs))),
      new Measure("wait", OracleTest::wait, time(LossSystemMeans.meanWait(cores, room, erlangs)))
    };
  }

  @ParameterizedTest(name = "1 core, {2}x")
  @FieldSource("QUEUES_OF_EQUALS")
  void aBoundedQueueOfEqualRequestsIsMD1K(String law, int cores, double load) {
    int room = 5;
    check(
        new Cell(queue(1, room - 1), ServerModel.of(1), law, load),
        new Measure(
            "shed share", Interval::shedShare, share(DeterministicQueue.shedShare(room, load))),
        new Measure(
            "in system",
            Interval::meanInSystem,
            number(DeterministicQueue.meanInSystem(room, load))),
        new Measure("wait", OracleTest::wait, time(DeterministicQueue.meanWait(room, load))));
  }

  private static String queue(int cores, int places) {
    return "fixed:limit=" + cores + "+fifo:capacity=" + places + ",timeout=1000s";
  }

  private record Cell(String strategy, ServerModel server, String law, double load) {
    List<Interval> batches(double arrivals) {
      ServiceLaw sizes = ServiceLaw.parse(law, SERVICE_UNITS);
      double rate = load * server.cores() * 1e9 / SERVICE_NANOS;
      double batch = Math.max(arrivals / rate / BATCHES, SHORTEST_BATCH);
      List<Interval> series =
          Simulation.of(Strategies.builtIn().parse(strategy), server, sizes)
              .load(LoadProfile.constant(rate, (BATCHES + 2) * batch))
              .interval(Duration.ofNanos((long) (batch * 1e9)))
              .seed(17)
              .run()
              .series();
      return series.subList(2, BATCHES + 2);
    }
  }

  /**
   * A value by theory.
   *
   * @param widest half-width of the interval around the measured value
   * @param least the least difference that counts: an event that is rarer than once in a run has no
   *     interval
   */
  private record Expected(double value, double widest, double least) {}

  private record Measure(String name, ToDoubleFunction<Interval> of, Expected expected) {}

  private static Expected number(double value) {
    return new Expected(value, WIDEST * value, 2e-3 * value);
  }

  private static Expected share(double value) {
    return new Expected(value, WIDEST * Math.max(0.3, Math.min(value, 1 - value)), 1e-4);
  }

  private static Expected time(double services) {
    return new Expected(services, WIDEST * Math.max(0.2, services), 1e-4);
  }

  private static double sojourn(Interval batch) {
    return (batch.meanWaitNanos() + batch.meanElapsedNanos()) / SERVICE_NANOS;
  }

  private static double wait(Interval batch) {
    return batch.meanWaitNanos() / SERVICE_NANOS;
  }

  private static void check(Cell cell, Measure... measures) {
    double arrivals = SHORTEST;
    List<Interval> batches = cell.batches(arrivals);
    double factor = tooWide(batches, measures);
    while (factor > 1 && arrivals < LONGEST) {
      arrivals = Math.min(LONGEST, 1.3 * factor * factor * arrivals);
      batches = cell.batches(arrivals);
      factor = tooWide(batches, measures);
    }
    for (Measure measure : measures) {
      Estimate estimate = Estimate.of(batches, measure.of);
      assertThat(estimate.halfWidth)
          .as("half-width of the interval around the %s of %s", measure.name, cell)
          .isLessThanOrEqualTo(measure.expected.widest);
      assertThat(Math.abs(estimate.mean - measure.expected.value))
          .as("%s of %s: %s, in theory %s", measure.name, cell, estimate, measure.expected.value)
          .isLessThanOrEqualTo(Math.max(estimate.halfWidth, measure.expected.least));
    }
  }

  /** The factor by which the widest interval is too wide. */
  private static double tooWide(List<Interval> batches, Measure... measures) {
    return Stream.of(measures)
        .mapToDouble(m -> Estimate.of(batches, m.of).halfWidth / m.expected.widest)
        .max()
        .orElseThrow();
  }

  private record Estimate(double mean, double halfWidth) {
    static Estimate of(List<Interval> batches, ToDoubleFunction<Interval> measure) {
      double mean = batches.stream().mapToDouble(measure).average().orElseThrow();
      double squares =
          batches.stream().mapToDouble(measure).map(x -> (x - mean) * (x - mean)).sum();
      int n = batches.size();
      return new Estimate(mean, QUANTILE * Math.sqrt(squares / (n - 1) / n));
    }
  }

  /** Below and above the capacity, with one core and with several. */
  private static boolean isTypical(int cores, double load) {
    return (cores == 1 && load == 2) || (cores == 4 && load == 0.9);
  }

  /** Every law with every number of cores and every load. */
  private static List<Arguments> cells(List<String> laws) {
    List<Arguments> cells = new ArrayList<>();
    for (int law = 0; law < laws.size(); law++) {
      for (int cores = 0; cores < CORES.length; cores++) {
        for (int load = 0; load < LOADS.length; load++) {
          if (THOROUGH || isTypical(CORES[cores], LOADS[load])) {
            cells.add(Arguments.of(laws.get(law), CORES[cores], LOADS[load]));
          }
        }
      }
    }
    return cells;
  }
}
