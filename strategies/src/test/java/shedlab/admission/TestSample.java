package shedlab.admission;

/** A completed request, as a limit sees it. */
public record TestSample(
    long completedNanos, long waitedNanos, long elapsedNanos, int inflight, Outcome outcome)
    implements Sample {

  /** A success that completed now. */
  public static TestSample success(long completedNanos, long elapsedNanos, int inflight) {
    return new TestSample(completedNanos, 0, elapsedNanos, inflight, Outcome.SUCCESS);
  }

  /** A drop that completed now. */
  public static TestSample dropped(long completedNanos, long elapsedNanos, int inflight) {
    return new TestSample(completedNanos, 0, elapsedNanos, inflight, Outcome.DROPPED);
  }

  /** The same with another outcome. */
  public TestSample with(Outcome other) {
    return new TestSample(completedNanos, waitedNanos, elapsedNanos, inflight, other);
  }
}
