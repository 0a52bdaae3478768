package shedlab.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Keeps processes on CPUs with {@code taskset}; where that is missing, the system decides. */
public final class Taskset {
  private static final Path PROGRAM = Path.of("/usr/bin/taskset");

  private Taskset() {}

  static boolean isThere() {
    return Files.isExecutable(PROGRAM);
  }

  /** What stands before a command that is to run on these CPUs. */
  static List<String> prefix(String cpuList) {
    return isThere() ? List.of(PROGRAM.toString(), "-c", cpuList) : List.of();
  }

  /** Moves all threads of this process to these CPUs. */
  public static void pinThisProcess(String cpuList) {
    if (!isThere()) {
      return;
    }
    String self = Long.toString(ProcessHandle.current().pid());
    try {
      new ProcessBuilder(PROGRAM.toString(), "-acp", cpuList, self)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      // As where it is missing.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
