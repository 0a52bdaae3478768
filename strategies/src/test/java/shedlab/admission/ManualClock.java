package shedlab.admission;

/** A clock that only the test moves. */
public final class ManualClock implements NanoClock {
  private long nanos;

  /** A clock that starts here; near {@link Long#MAX_VALUE} it overflows, as real ones may. */
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
