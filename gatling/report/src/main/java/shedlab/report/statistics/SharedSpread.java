package shedlab.report.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.Trigamma;
import org.apache.commons.statistics.descriptive.Variance;
import org.apache.commons.statistics.distribution.FDistribution;

/**
 * What the spreads of several small samples say about each other (empirical Bayes: Smyth 2004, with
 * samples that are unlike the others left out as by Phipson and others 2016). Three values hardly
 * know their own spread: an interval around their mean is twice as wide as with twenty. Where many
 * samples of three were taken alike, their spreads tell how much one strays by chance, and each is
 * drawn towards what is usual.
 *
 * <p>What is usual depends on two things, a row and a column of a table: on the load, say, and on
 * the strategy, for one strategy may be noisier than another at every load. How far spreads really
 * differ beyond that is the same in the whole table.
 */
public final class SharedSpread {
  /** With fewer samples beyond those that the table needs, nothing is known of what is usual. */
  private static final int LEAST = 4;

  /** Rows and columns are fitted in turn; they are settled long before. */
  private static final int ROUNDS = 20;

  /** A spread that chance would make so much greater than the usual one less often than this. */
  private static final double UNLIKE = 0.01;

  /** So many degrees of freedom are as good as all. */
  private static final double ALL = 1_000;

  /** A sample that shares its spread with others. */
  public static final class Sample {
    private final Object row;
    private final Object column;
    private final double[] values;

    /**
     * A sample.
     *
     * @param row what its usual spread depends on
     * @param column what else
     * @param values two or more; with fewer it says nothing
     */
    public Sample(Object row, Object column, double... values) {
      this.row = row;
      this.column = column;
      this.values = values.clone();
    }

    /** Its mean, with the interval that follows from itself alone. */
    Difference alone() {
      return Difference.mean(values);
    }

    private double degrees() {
      return values.length - 1.0;
    }

    private double variance() {
      return Variance.of(values).getAsDouble();
    }
  }

  /** The logarithms of the usual variances, to be added; empty if nothing is known of them. */
  private final Map<Object, Double> rows = new HashMap<>();

  private final Map<Object, Double> columns = new HashMap<>();

  private final double leastVariance;
  private final double mostDegrees;

  /** What the usual variances are worth, in degrees of freedom. */
  private double degrees;

  /** Of all degrees of freedom, those that the table leaves. */
  private double left;

  private SharedSpread(double least, double mostDegrees) {
    this.leastVariance = least * least;
    this.mostDegrees = mostDegrees;
  }

  /**
   * Of samples that were taken alike.
   *
   * @param least a standard deviation below which a spread does not matter
   * @param mostDegrees the degrees of freedom of all samples together: fewer than the sum of
   *     theirs, where several were compared with the same one
   */
  public static SharedSpread of(List<Sample> samples, double least, double mostDegrees) {
    SharedSpread shared = new SharedSpread(least, mostDegrees);
    List<Sample> alike = new ArrayList<>();
    for (Sample sample : samples) {
      if (sample.degrees() >= 1 && sample.variance() > 0) {
        alike.add(sample);
      }
    }
    shared.learn(alike);
    return shared;
  }

  /** Leaves out, one after the other, what is most unlike the rest. */
  private void learn(List<Sample> alike) {
    while (fit(alike)) {
      Sample greatest =
          alike.stream().max(Comparator.comparingDouble(this::timesTheUsual)).orElseThrow();
      if (like(greatest, UNLIKE / alike.size())) {
        return;
      }
      alike.remove(greatest);
    }
    rows.clear();
  }

  /** By the moments of the logarithms of the variances. False with too few samples. */
  private boolean fit(List<Sample> samples) {
    rows.clear();
    columns.clear();
    double chance = 0;
    for (Sample sample : samples) {
      rows.put(sample.row, 0.0);
      columns.put(sample.column, 0.0);
      chance += Trigamma.value(sample.degrees() / 2) / samples.size();
    }
    int free = samples.size() - rows.size() - columns.size() + 1;
    if (free < LEAST) {
      return false;
    }
    for (int i = 0; i < ROUNDS; i++) {
      rows.putAll(means(samples, sample -> sample.row, this::ofColumn));
      columns.putAll(means(samples, sample -> sample.column, this::ofRow));
    }
    left = (double) free / samples.size();
    double squares = 0;
    for (Sample sample : samples) {
      double beyond = log(sample) - ofRow(sample) - ofColumn(sample);
      squares += beyond * beyond;
    }
    double real = squares / free - chance;
    degrees = real <= Trigamma.value(ALL / 2) ? ALL : 2 * inverseTrigamma(real);
    double bias = Digamma.value(degrees / 2) - Math.log(degrees / 2);
    rows.replaceAll((row, log) -> log + bias);
    return true;
  }

  /** What each row, or column, adds on average to what the other says. */
  private Map<Object, Double> means(
      List<Sample> samples, Function<Sample, Object> side, ToDoubleFunction<Sample> other) {
    return samples.stream()
        .collect(
            Collectors.groupingBy(
                side,
                Collectors.averagingDouble(sample -> log(sample) - other.applyAsDouble(sample))));
  }

  /** The logarithm of a variance, without the bias that it has in small samples. */
  private double log(Sample sample) {
    double half = sample.degrees() / 2;
    double variance = Math.max(leastVariance, sample.variance());
    return Math.log(variance) - Digamma.value(half) + Math.log(half);
  }

  private double ofRow(Sample sample) {
    return rows.getOrDefault(sample.row, Double.NaN);
  }

  private double ofColumn(Sample sample) {
    return columns.getOrDefault(sample.column, Double.NaN);
  }

  /** The usual variance; NaN if nothing is known of it. */
  private double usual(Sample sample) {
    return Math.exp(ofRow(sample) + ofColumn(sample));
  }

  /** Where trigamma, which falls, has a value: halves an interval on the scale of logarithms. */
  private static double inverseTrigamma(double value) {
    double low = 1e-6;
    double high = ALL;
    while (high / low > 1 + 1e-9) {
      double middle = Math.sqrt(low * high);
      if (Trigamma.value(middle) > value) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private double timesTheUsual(Sample sample) {
    return Math.max(leastVariance, sample.variance()) / usual(sample);
  }

  private boolean like(Sample sample, double chance) {
    return FDistribution.of(sample.degrees(), degrees).survivalProbability(timesTheUsual(sample))
        >= chance;
  }

  /** The mean of a sample, with its interval; a sample that is unlike the others is on its own. */
  public Difference mean(Sample sample) {
    double own = sample.degrees();
    if (own < 1 || sample.variance() == 0 || Double.isNaN(usual(sample)) || !like(sample, UNLIKE)) {
      return sample.alone();
    }
    double variance =
        (degrees * usual(sample) + own * Math.max(leastVariance, sample.variance()))
            / (degrees + own);
    double free = Math.max(own, Math.min(degrees + own, left * mostDegrees));
    return Difference.mean(sample.values, variance, free);
  }
}
