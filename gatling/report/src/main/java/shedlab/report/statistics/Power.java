package shedlab.report.statistics;

/**
 * What a number of blocks can resolve.
 *
 * @param blocks cells on either side
 * @param noise coefficient of variation from one cell to the next of its kind, 0.02 for 2 %
 */
public record Power(int blocks, double noise) {
  /** Normal quantiles for 5 % false alarms on both sides and 80 % of true differences found. */
  private static final double QUANTILES = 2.8;

  /** How much wider a median scatters than a mean of normal noise. */
  private static final double MEDIAN = Math.sqrt(Math.PI / 2);

  /**
   * The smallest difference that an interval of medians finds four times in five, as a share: 0.06
   * for ratios of 0.94 and 1.06. With the other conditions of {@link Pairs} it is seven in ten, and
   * nothing under {@link Pairs#FLOOR} is called a difference at all.
   */
  public double detectable() {
    return QUANTILES * MEDIAN * noise * Math.sqrt(2.0 / blocks);
  }
}
