package shedlab.report.statistics;

import java.util.stream.DoubleStream;

/** The median, everywhere in the report. */
public final class Median {
  private static final org.apache.commons.statistics.descriptive.Median MEDIAN =
      org.apache.commons.statistics.descriptive.Median.withDefaults();

  private Median() {}

  /** Of all values, infinite ones included; the mean of the two middle ones; NaN without values. */
  public static double of(double... values) {
    return MEDIAN.evaluate(values);
  }

  /**
   * How often the range of so many independent values holds the median of what they are drawn from:
   * always, but when all lie on one side of it.
   */
  public static double confidence(int values) {
    return 1 - Math.pow(2, 1 - values);
  }

  /** Of the finite values alone; NaN without any. */
  public static double ofFinite(DoubleStream values) {
    return of(values.filter(Double::isFinite).toArray());
  }
}
