package shedlab.injector;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * What the generator itself used during the window: CPU and garbage collection. A thread of its own
 * takes a reading at the window's start, one each second, and one at its end. A generator that is
 * short of CPU measures itself, not the server.
 */
final class WindowMeter {
  private static final long SECOND = 1_000_000_000;

  /**
   * The use of one window.
   *
   * @param cpuShare process CPU time as a share of all processors of this JVM, 0 to 1
   * @param gcMillis time in collections
   * @param worstSecondCpuShare the greatest share of a whole second
   * @param worstSecondGcMillis the most of a whole second
   */
  record Usage(
      double cpuShare, long gcMillis, double worstSecondCpuShare, long worstSecondGcMillis) {
    static Usage between(Reading first, Reading last) {
      long wall = last.nanoTime - first.nanoTime;
      double cpu =
          (double) (last.cpuNanos - first.cpuNanos) / Runtime.getRuntime().availableProcessors();
      double share = wall <= 0 ? 0 : cpu / wall;
      long gc = last.gcMillis - first.gcMillis;
      return new Usage(share, gc, share, gc);
    }
  }

  private record Reading(long nanoTime, long cpuNanos, long gcMillis) {}

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Thread thread;
  private volatile Reading first;
  private volatile Reading last;
  private volatile double worstCpuShare;
  private volatile long worstGcMillis;

  /** Reads at these two points of {@link System#nanoTime()}. */
  WindowMeter(long startNanos, long endNanos) {
    first = read();
    last = first;
    thread =
        new Thread(
            () -> {
              sleepUntil(startNanos);
              first = read();
              Reading second = first;
              for (long end = startNanos + SECOND; end <= endNanos; end += SECOND) {
                second = readSecond(second, end);
              }
              sleepUntil(endNanos);
              last = read();
            },
            "window-meter");
    thread.setDaemon(true);
  }

  /** Judges the second from {@code before} to {@code end}. */
  private Reading readSecond(Reading before, long end) {
    sleepUntil(end);
    Reading now = read();
    if (!Thread.currentThread().isInterrupted()) { // else not a whole second
      Usage usage = Usage.between(before, now);
      worstCpuShare = Math.max(worstCpuShare, usage.cpuShare());
      worstGcMillis = Math.max(worstGcMillis, usage.gcMillis());
    }
    return now;
  }

  void start() {
    thread.start();
  }

  /** The use of the window, once it is over; of what there was of it if stopped earlier. */
  Usage finish() throws InterruptedException {
    thread.interrupt();
    thread.join();
    Usage whole = Usage.between(first, last);
    return new Usage(whole.cpuShare(), whole.gcMillis(), worstCpuShare, worstGcMillis);
  }

  private Reading read() {
    long gc = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      gc += Math.max(0, collector.getCollectionTime());
    }
    return new Reading(System.nanoTime(), system.getProcessCpuTime(), gc);
  }

  private static void sleepUntil(long nanoTime) {
    for (long left = nanoTime - System.nanoTime();
        left > 0 && !Thread.currentThread().isInterrupted();
        left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
