package shedlab.servers;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import shedlab.spec.SpecException;

/**
 * Ends the process when a thread has died that it cannot answer without. A server whose accepting
 * thread is dead still looks alive from outside: its port is open and connections wait in it.
 */
final class ThreadWatch {
  /** The exit code. */
  static final int DEAD_THREAD = 4;

  private static final long PERIOD_NANOS = 250_000_000;

  private ThreadWatch() {}

  /** Watches until the service is told to drain or close. */
  static void over(Service service) {
    Thread thread = new Thread(() -> run(service), "shedlab-thread-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(Service service) {
    while (!service.isStopping()) {
      try {
        LockSupport.parkNanos(PERIOD_NANOS);
        @Nullable String dead = service.deadThread();
        if (dead != null && !service.isStopping()) {
          end(dead);
        }
      } catch (Throwable e) {
        // Out of memory, perhaps: this thread is the last to give up.
      }
    }
  }

  private static void end(String dead) {
    try {
      System.err.println(
          SpecException.message("thread", dead + " has ended", "it runs until the server stops"));
    } finally {
      Runtime.getRuntime().halt(DEAD_THREAD);
    }
  }
}
