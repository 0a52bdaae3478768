package shedlab.report.statistics;

/**
 * The smallest difference that a number of blocks can resolve.
 *
 * @param blocks number of cells on each side
 * @param noise coefficient of variation between identical cells, 0.02 for 2 %
 */
public record Power(int blocks, double noise) {
  /** Normal quantiles for 5 % false alarms on both sides and 80 % of true differences found. */
  private static final double QUANTILES = 2.8;

  /**
   * The smallest difference that an interval finds four times in five, as a share: 0.06 for ratios
   * of 0.94 and 1.06. With the other conditions of {@link Pairs} it finds it seven times in ten,
   * and a difference below the precision of the run is never reported.
   */
  public double detectable() {
    return QUANTILES * noise * Math.sqrt(2.0 / blocks);
  }
}
