package shedlab.admission;

/** A clock that only moves when the test says so. */
public final class ManualClock implements NanoClock {
  private long nanos;

  /**
   * A clock that starts at this time; near {@link Long#MAX_VALUE} it overflows, as real ones may.
   */
  public ManualClock(long startNanos) {
    this.nanos = startNanos;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  /** Lets this much time pass. */
  public void advance(long byNanos) {
    nanos += byNanos;
  }
}
