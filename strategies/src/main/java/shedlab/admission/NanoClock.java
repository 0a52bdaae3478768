package shedlab.admission;

/** A monotonic clock in nanoseconds with an arbitrary origin; not wall time. */
@FunctionalInterface
public interface NanoClock {
  /** {@link System#nanoTime()}. */
  NanoClock SYSTEM = System::nanoTime;

  /** Nanoseconds since an arbitrary origin; never goes backwards. Safe for any thread. */
  long nanos();
}
