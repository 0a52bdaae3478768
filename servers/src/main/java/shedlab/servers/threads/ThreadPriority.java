package shedlab.servers.threads;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import shedlab.spec.SpecException;

/** Priorities of threads; on Linux each thread has its own. */
public final class ThreadPriority {
  /**
   * One below the lowest nice value, 19: scheduled only while nothing else wants the core, and
   * preempted at once (Linux SCHED_IDLE). A thread of any nice value is let finish its slice first.
   */
  static final int IDLE = 20;

  private static final int SCHED_IDLE = 5;

  /** The nice value of a thread unless it was changed. */
  public static final int NORMAL = 0;

  private static final int PRIO_PROCESS = 0;
  private static final int CALLING_THREAD = 0;
  private static final Path THREADS = Path.of("/proc/self/task");
  private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

  private ThreadPriority() {}

  /**
   * Sets how a worker, the calling thread, is scheduled, and returns how it then is. If that is not
   * what was wanted, says so on standard error, once per process.
   */
  static Scheduling lower(Scheduling wanted) {
    int nice = lower("worker-nice", CALLING_THREAD, wanted.nice());
    return setAttributes("worker", new Scheduling(nice, wanted.policy(), wanted.slice()));
  }

  /** Runs the task on a daemon thread that is scheduled so; only a lower priority than normal. */
  public static void start(String name, Scheduling wanted, Runnable task) {
    Thread thread =
        new Thread(
            () -> {
              if (wanted.nice() >= NORMAL) {
                Scheduling unused = lower(wanted);
              }
              task.run();
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Sets the calling thread's nice value, below 0 too; false if the system does not let it. */
  static boolean grants(int wanted) {
    try {
      LibC libc = Native.load("c", LibC.class);
      libc.setpriority(PRIO_PROCESS, CALLING_THREAD, wanted);
      return libc.getpriority(PRIO_PROCESS, CALLING_THREAD) == wanted;
    } catch (LastErrorException | LinkageError e) {
      return false;
    }
  }

  /**
   * {@link #lower} for the threads with which the JVM compiles: at normal priority they take the
   * core from work in progress for hundreds of milliseconds, whenever they find something to do.
   * Returns the highest priority, that is the lowest nice value, among them.
   */
  public static int lowerCompilers(int wanted) {
    int effective = wanted;
    if (wanted != NORMAL) {
      try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
        for (Path thread : threads) {
          if (name(thread).matches("(?s)C[12] Compiler.*")) {
            int id = Integer.parseInt(thread.getFileName().toString());
            effective = Math.min(effective, lower("compiler-nice", id, wanted));
          }
        }
      } catch (IOException e) { // not Linux
        effective = NORMAL;
        report("compiler-nice", effective, wanted, ": " + e.getMessage());
      }
    }
    return effective;
  }

  /** Empty if the thread has just ended. */
  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm"));
    } catch (IOException e) {
      return "";
    }
  }

  private static int lower(String setting, int thread, int wanted) {
    if (wanted == NORMAL) {
      return NORMAL;
    }
    String problem = "";
    int effective = NORMAL;
    try {
      LibC libc = Native.load("c", LibC.class);
      try {
        if (wanted == IDLE) {
          libc.sched_setscheduler(thread, SCHED_IDLE, new int[] {0});
        } else {
          libc.setpriority(PRIO_PROCESS, thread, wanted);
        }
      } catch (LastErrorException e) {
        problem = ": " + e.getMessage();
      }
      effective =
          libc.sched_getscheduler(thread) == SCHED_IDLE
              ? IDLE
              : libc.getpriority(PRIO_PROCESS, thread);
    } catch (LastErrorException | LinkageError e) {
      problem = ": " + e.getMessage();
    }
    if (effective != wanted) {
      report(setting, effective, wanted, problem);
    }
    return effective;
  }

  /**
   * Sets policy and slice of the calling thread, which has the nice value already, and returns how
   * it then is scheduled.
   *
   * @param whose the thread, as the options name it
   */
  static Scheduling setAttributes(String whose, Scheduling wanted) {
    if (wanted.equals(new Scheduling(wanted.nice()))) {
      return wanted; // any kernel can do that
    }
    String problem = "";
    Scheduling effective = new Scheduling(wanted.nice());
    try {
      try {
        SchedAttr.set(wanted);
      } catch (LastErrorException e) {
        problem = ": " + e.getMessage();
      }
      Scheduling now = SchedAttr.get();
      effective =
          new Scheduling(
              wanted.nice(), now.policy(), wanted.slice().isZero() ? wanted.slice() : now.slice());
    } catch (LastErrorException | LinkageError e) {
      problem = ": " + e.getMessage();
    }
    if (effective.policy() != wanted.policy()) {
      report(whose + "-policy", effective.policy(), wanted.policy(), problem);
    }
    if (!effective.slice().equals(wanted.slice())) {
      report(whose + "-slice", effective.sliceText(), wanted.sliceText(), problem);
    }
    return effective;
  }

  private static void report(String setting, Object effective, Object wanted, String problem) {
    if (REPORTED.add(setting)) {
      System.err.println(
          SpecException.message(setting, effective, wanted + "; not granted" + problem));
    }
  }
}
