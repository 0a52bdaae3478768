package shedlab.targets.spring;

import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.ConcurrencyLimit.ThrottlePolicy;
import org.springframework.stereotype.Component;

/** The work of one request: dependent steps of xorshift64, as in {@code shedlab.task.CpuTask}. */
@Component
class Work {
  private static final int STEPS_PER_UNIT = 1_000;
  private static final long SEED = 0x9E3779B97F4A7C15L;

  /** Without LIMIT, any number at once. */
  @ConcurrencyLimit(limitString = "${LIMIT:-1}", policy = ThrottlePolicy.REJECT)
  public long checksum(int units) {
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
