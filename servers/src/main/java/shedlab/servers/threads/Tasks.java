package shedlab.servers.threads;

import org.jspecify.annotations.Nullable;

/** Where tasks are handed to be run. Any thread may submit. */
public interface Tasks {
  /** Starts the threads, if they are not made for each task. */
  default void start() throws InterruptedException {}

  /** Runs the task now or later. Never blocks. */
  void submit(Runnable task);

  /**
   * Runs the tasks that the calling thread has submitted, if they run on the calling thread. To be
   * called after every call to a gate, because the gate calls back in the middle of its own work.
   */
  default void settle() {}

  /** How many were submitted and have not begun. Not for the request path. */
  default int queued() {
    return 0;
  }

  /** How the threads really are scheduled; if not all as wanted, how one of those is. */
  default Scheduling scheduling() {
    return Scheduling.NORMAL;
  }

  /** Which of the threads has ended though nobody closed this; null if none has. */
  default @Nullable String deadThread() {
    return null;
  }

  /** Ends the threads; what is still queued stays undone. */
  default void close() throws InterruptedException {}

  /** Runs the task; what it throws goes to the thread's handler, and the thread goes on. */
  static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable bug) {
      try {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, bug);
      } catch (Throwable worse) {
        // Reporting fails too, for want of memory or descriptors: the thread matters more.
      }
    }
  }
}
