package shedlab.admission;

/**
 * How many requests may be in flight at once, and how completed requests change that number.
 *
 * <p>Sequential: one thread at a time calls {@link #next}, with happens-before between calls. An
 * instance belongs to one {@link Gate} and may hold state.
 */
public interface Limit {
  /** The largest limit a gate can hold; in effect, no limit. */
  int MAX = (1 << 21) - 1;

  /** The limit before anything is known, in {@code [1, MAX]}. */
  int initial();

  /**
   * The limit after one more completed request, in {@code [1, MAX]}.
   *
   * <p>Deterministic: the same samples in the same order give the same limits. Must not block,
   * allocate or throw.
   *
   * @param limit the limit now in force
   * @param sample the completed request; its outcome is {@code SUCCESS} or {@code DROPPED}
   */
  int next(int limit, Sample sample);

  /** False if {@link #next} always returns its argument: the gate then need not call it. */
  default boolean learns() {
    return true;
  }
}
