package shedlab.gatling.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * What the generator itself used during the window: CPU and garbage collection. A thread of its own
 * takes two readings, at the window's start and end. A generator that is short of CPU measures
 * itself, not the server.
 */
final class WindowMeter {
  /**
   * The use of one window.
   *
   * @param cpuShare process CPU time as a share of all processors of this JVM, 0 to 1
   * @param gcMillis time in collections
   */
  record Usage(double cpuShare, long gcMillis) {}

  private record Reading(long nanoTime, long cpuNanos, long gcMillis) {}

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Thread thread;
  private volatile Reading first;
  private volatile Reading last;

  /** Reads at these two points of {@link System#nanoTime()}. */
  WindowMeter(long startNanos, long endNanos) {
    first = read();
    last = first;
    thread =
        new Thread(
            () -> {
              sleepUntil(startNanos);
              first = read();
              sleepUntil(endNanos);
              last = read();
            },
            "window-meter");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** The use of the window, once it is over; of what there was of it if stopped earlier. */
  Usage finish() throws InterruptedException {
    thread.interrupt();
    thread.join();
    long wall = last.nanoTime - first.nanoTime;
    double cpu =
        (double) (last.cpuNanos - first.cpuNanos) / Runtime.getRuntime().availableProcessors();
    return new Usage(wall <= 0 ? 0 : cpu / wall, last.gcMillis - first.gcMillis);
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
