package shedlab.admission;

import org.jspecify.annotations.Nullable;

/**
 * A limiter of another library: it admits or refuses at once. Unlike a {@link Limit} it is
 * concurrent and keeps its own counts.
 *
 * <p>Thread-safe; must not block.
 */
public interface Limiter {
  /** A permit, or null if the request is refused. */
  @Nullable Permit acquire(Ticket ticket);

  /** How many may be in flight now; {@link Limit#MAX} if that is not known. */
  default int limit() {
    return Limit.MAX;
  }

  /** What an admitted request holds until its work has ended. */
  interface Permit {
    /** Returns the permit. Called once, by any thread. */
    void release(Outcome outcome);
  }
}
