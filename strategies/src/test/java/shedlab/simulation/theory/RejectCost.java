package shedlab.simulation.theory;

/**
 * What refusals leave for work. The CPU is spent on both: {@code x*service + (offered - x)*reject
 * <= cores}. Nothing is done any more from {@code offered = cores / reject} on.
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

  /** The CPU time of a refusal, from what was completed at two loads above the capacity. */
  public static double fit(
      double offered1, double completed1, double offered2, double completed2, double service) {
    double lostPerRefused = (completed1 - completed2) / (offered2 - offered1);
    return service * lostPerRefused / (1 + lostPerRefused);
  }
}
