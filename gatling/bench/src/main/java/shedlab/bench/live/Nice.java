package shedlab.bench.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Threads of the lowest priority. */
final class Nice {
  private Nice() {}

  /** A thread that does not keep the JVM alive. */
  static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "shedlab-live");
    thread.setDaemon(true);
    return thread;
  }

  /** Priorities of Java threads mean nothing on Linux; nice values do, and are inherited. */
  static void leastUrgent() {
    try {
      String thread = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName().toString();
      new ProcessBuilder("renice", "-n", "19", "-p", thread)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      // Not Linux, or no renice: then they have the priority of the runner.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
