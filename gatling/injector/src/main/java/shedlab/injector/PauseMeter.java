package shedlab.injector;

import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import shedlab.admission.NanoClock;
import shedlab.host.WakeUps;
import shedlab.report.raw.PauseRecorder;

/**
 * Pauses of the load generator's own CPUs during the window: how late a thread of this JVM wakes. A
 * pause delays starts and the sight of answers, and no server has caused it.
 */
final class PauseMeter {
  private static final long MICRO = 1_000;

  private final PauseRecorder recorder = new PauseRecorder();
  private final Thread thread;

  /** Measures between these two points of {@link System#nanoTime()}. */
  PauseMeter(long startNanos, long endNanos) {
    thread =
        new Thread(
            () -> {
              var wakeUps = new WakeUps(NanoClock.SYSTEM, LockSupport::parkNanos);
              wakeUps.until(startNanos, late -> {}); // warms it
              wakeUps.until(endNanos, late -> recorder.late(late / MICRO));
            },
            "pause-meter");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** The pauses, once the window is over; what there was of it if stopped earlier. */
  Histogram finish() throws InterruptedException {
    thread.interrupt();
    thread.join();
    return recorder.histogram();
  }
}
