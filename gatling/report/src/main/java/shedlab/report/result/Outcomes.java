package shedlab.report.result;

/**
 * How the intended requests of a window ended; every request is counted exactly once.
 *
 * @param good 200 within the deadline, counted from the intended start
 * @param late 200 after the deadline
 * @param shed 429
 * @param other any other status
 * @param timeout no answer within the client's timeout
 * @param transport connection refused, reset or closed
 */
public record Outcomes(long good, long late, long shed, long other, long timeout, long transport) {
  /** Of no request at all. */
  public static final Outcomes NONE = new Outcomes(0, 0, 0, 0, 0, 0);

  /** These and others. */
  public Outcomes plus(Outcomes more) {
    return new Outcomes(
        good + more.good,
        late + more.late,
        shed + more.shed,
        other + more.other,
        timeout + more.timeout,
        transport + more.transport);
  }

  /** All intended requests. */
  public long total() {
    return good + late + shed + other + timeout + transport;
  }

  /** All 200s. */
  public long ok() {
    return good + late;
  }
}
