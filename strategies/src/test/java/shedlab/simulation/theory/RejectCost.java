package shedlab.simulation.theory;

/**
 * The capacity that refusals leave for work. The CPU is used for both: {@code x*service + (offered
 * - x)*reject <= cores}. From {@code offered = cores / reject} on nothing is left.
 */
public final class RejectCost {
  private RejectCost() {}

  /**
   * The most that any strategy can complete per unit of time.
   *
   * @param offered arrivals per unit of time
   * @param service mean CPU time of a request
   * @param reject CPU time of a refusal, below {@code service}
   */
  public static double idealGoodput(int cores, double offered, double service, double reject) {
    return Math.max(0, Math.min(offered, (cores - offered * reject) / (service - reject)));
  }

  /** The CPU time of a refusal, from the completions at two loads above the capacity. */
  public static double fit(
      double offered1, double completed1, double offered2, double completed2, double service) {
    double lostPerRefused = (completed1 - completed2) / (offered2 - offered1);
    return service * lostPerRefused / (1 + lostPerRefused);
  }
}
