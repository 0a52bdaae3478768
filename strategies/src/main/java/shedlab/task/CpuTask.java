package shedlab.task;

/**
 * The CPU work of one request: a fixed amount of work, never a fixed time. A loop that spun until a
 * clock said stop would finish on time however crowded the core, and hide overload.
 *
 * <p>One unit is {@value #STEPS_PER_UNIT} dependent steps of Marsaglia's xorshift64 generator
 * (2003). Each step needs the one before it, so nothing can be vectorised or skipped; the map is
 * not affine over the integers, so the JIT cannot fold steps together; the state is one register,
 * so nothing is allocated and memory is not touched. The last state is the checksum: it is the
 * answer, hence no dead code, and anyone can verify it.
 */
public final class CpuTask {
  /** Steps of the generator in one unit of work. */
  public static final int STEPS_PER_UNIT = 1_000;

  /** The most units one task may have. */
  public static final int MAX_UNITS = 10_000_000;

  private static final long SEED = 0x9E3779B97F4A7C15L;

  private CpuTask() {}

  /**
   * Does {@code units} units of work on the calling thread and returns the checksum. Linear in
   * {@code units}; allocates nothing.
   */
  public static long run(int units) {
    long state = SEED;
    for (int unit = 0; unit < units; unit++) {
      for (int step = 0; step < STEPS_PER_UNIT; step++) {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
      }
    }
    return state;
  }
}
