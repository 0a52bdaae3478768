package shedlab.report.metastable;

/**
 * A strategy under one load and retry policy, after a trigger of one length: a row of {@code
 * metastable.csv}.
 *
 * @param strategy the contender's name
 * @param text of the strategy on this server
 * @param load first tries, as a multiple of the capacity
 * @param retry how clients try again
 * @param triggerSeconds how long the capacity is reduced; 0 for a run without a trigger
 * @param recovered share of the seeds in which the service came back; without a trigger, in which
 *     it worked throughout
 * @param recoverySeconds median of those seeds, from the end of the trigger; NaN if there are none
 * @param seeds how many were played; none between two triggers after which no seed came back
 * @param content a digest of everything it was computed from; equal content, equal figures
 */
public record MapPoint(
    Service service,
    String strategy,
    String text,
    double load,
    String retry,
    double triggerSeconds,
    double recovered,
    double recoverySeconds,
    int seeds,
    String content) {

  /** Whether the service came back more often than not. */
  public boolean returns() {
    return recovered >= 0.5;
  }
}
