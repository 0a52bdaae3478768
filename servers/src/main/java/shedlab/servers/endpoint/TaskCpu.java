package shedlab.servers.endpoint;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * CPU time and size of all tasks that ended, measured on the thread that did them: the cost of
 * refusals is no part of it. Any thread.
 */
final class TaskCpu {
  /** What {@link #begin} returns for a thread whose CPU time the JVM does not tell. */
  private static final long NOT_TOLD = -1;

  /**
   * Totals since the start.
   *
   * @param nanos CPU time
   * @param units of work
   */
  record Reading(long nanos, long units) {}

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final LongAdder nanos = new LongAdder();
  private final LongAdder units = new LongAdder();
  private volatile boolean told = threads.isCurrentThreadCpuTimeSupported();

  /** The CPU time of the calling thread, before a task. */
  long begin() {
    if (!told) {
      return NOT_TOLD;
    }
    try {
      long now = threads.getCurrentThreadCpuTime();
      told = now >= 0;
      return now;
    } catch (UnsupportedOperationException e) { // virtual threads have no CPU time of their own
      told = false;
      return NOT_TOLD;
    }
  }

  /**
   * A task of so many units ended on the thread that began it. Its CPU time; below zero if the JVM
   * does not tell it.
   */
  long ended(long began, int size) {
    if (began == NOT_TOLD) {
      return NOT_TOLD;
    }
    long used = threads.getCurrentThreadCpuTime() - began;
    nanos.add(used);
    units.add(size);
    return used;
  }

  /** Null if the JVM does not tell the CPU time of the threads that do the tasks. */
  @Nullable Reading read() {
    return told ? new Reading(nanos.sum(), units.sum()) : null;
  }
}
