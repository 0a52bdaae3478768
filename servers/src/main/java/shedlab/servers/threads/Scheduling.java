package shedlab.servers.threads;

import java.time.Duration;
import java.util.Locale;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;

/**
 * How the kernel schedules a thread (Linux). Immutable.
 *
 * @param nice -20 to 19: its weight, so its share of a core that is not enough for all; 20 for
 *     SCHED_IDLE
 * @param policy whether it preempts others when it wakes
 * @param slice how long it may run before another has its turn, from 100 microseconds to 100
 *     milliseconds, Linux 6.12 and later; zero for the kernel's own. Its weight stays. A shorter
 *     one than that of the running thread preempts it at wake-up, a long one saves switches.
 */
public record Scheduling(int nice, Policy policy, Duration slice) {
  /** The policies of threads that are neither real-time nor idle. */
  public enum Policy {
    /** As threads are unless it was changed. */
    OTHER,
    /** Never preempts another when it wakes. */
    BATCH;

    /** As options and results write it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** As the JVM starts a thread. */
  public static final Scheduling NORMAL = new Scheduling(ThreadPriority.NORMAL);

  /** With a nice value alone. */
  public Scheduling(int nice) {
    this(nice, Policy.OTHER, Duration.ZERO);
  }

  /**
   * Checks that the parts go together.
   *
   * @throws IllegalArgumentException {@code key: value (expected: rule)}
   */
  public Scheduling {
    if (nice == ThreadPriority.IDLE && !(policy == Policy.OTHER && slice.isZero())) {
      throw new SpecException("worker-nice", nice, "19 or less, to have a policy or a slice");
    }
  }

  /** The slice as options and results write it, or {@code none}. */
  public String sliceText() {
    return Parameter.durationOrNone("slice", "").writer().apply(slice);
  }
}
