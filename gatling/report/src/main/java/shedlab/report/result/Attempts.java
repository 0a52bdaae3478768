package shedlab.report.result;

/**
 * The tries that clients sent for the requests of a window, if they try again after a failure.
 *
 * @param sent tries in all
 * @param ok answered 200
 * @param shed answered 429
 * @param failed answered otherwise or not at all
 */
public record Attempts(long sent, long ok, long shed, long failed) {
  /** None at all. */
  public static final Attempts NONE = new Attempts(0, 0, 0, 0);

  /** These and others. */
  public Attempts plus(Attempts more) {
    return new Attempts(sent + more.sent, ok + more.ok, shed + more.shed, failed + more.failed);
  }
}
