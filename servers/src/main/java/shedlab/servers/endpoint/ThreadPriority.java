package shedlab.servers.endpoint;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.util.concurrent.atomic.AtomicBoolean;

/** The calling thread's nice value; on Linux each thread has its own. */
final class ThreadPriority {
  /** The lowest priority there is. */
  static final int LOWEST = 19;

  private static final int NORMAL = 0;
  private static final int PRIO_PROCESS = 0;
  private static final int CALLING_THREAD = 0;
  private static final AtomicBoolean REPORTED = new AtomicBoolean();

  private ThreadPriority() {}

  /**
   * Sets the calling thread's nice value and returns the one it then has. If that is not what was
   * wanted, says so on standard error, once per process.
   */
  static int lower(int wanted) {
    if (wanted == NORMAL) {
      return NORMAL;
    }
    String problem = "";
    int effective = NORMAL;
    try {
      LibC libc = Native.load("c", LibC.class);
      try {
        libc.setpriority(PRIO_PROCESS, CALLING_THREAD, wanted);
      } catch (LastErrorException e) {
        problem = ": " + e.getMessage();
      }
      effective = libc.getpriority(PRIO_PROCESS, CALLING_THREAD);
    } catch (LastErrorException | LinkageError e) {
      problem = ": " + e.getMessage();
    }
    if (effective != wanted && REPORTED.compareAndSet(false, true)) {
      System.err.println(
          "worker-nice: " + effective + " (expected: " + wanted + "; not granted" + problem + ")");
    }
    return effective;
  }

  @SuppressWarnings("UnusedMethod") // called by name, through JNA
  private interface LibC extends Library {
    int setpriority(int which, int who, int nice) throws LastErrorException;

    int getpriority(int which, int who) throws LastErrorException;
  }
}
