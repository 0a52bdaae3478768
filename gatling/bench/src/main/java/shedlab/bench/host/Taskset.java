package shedlab.bench.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Keeps processes on CPUs with {@code taskset}; where that is missing, the system decides. */
public final class Taskset {
  private static final Path PROGRAM = Path.of("/usr/bin/taskset");

  /** It gives up at a thread that has just ended, and then others may not have been moved. */
  private static final int TRIES = 5;

  private Taskset() {}

  static boolean isThere() {
    return Files.isExecutable(PROGRAM);
  }

  /** What stands before a command that is to run on these CPUs. */
  public static List<String> prefix(String cpuList) {
    return isThere() ? List.of(PROGRAM.toString(), "-c", cpuList) : List.of();
  }

  /**
   * Moves all threads of this process to these CPUs, if there is a {@code taskset}.
   *
   * @throws HostException if they cannot be moved: this process would take CPU time from the server
   */
  public static void pinThisProcess(String cpuList) {
    if (!isThere()) {
      return;
    }
    String problem = move(cpuList);
    for (int i = 1; i < TRIES && !problem.isEmpty(); i++) {
      problem = move(cpuList);
    }
    if (!problem.isEmpty()) {
      throw new HostException("taskset", problem, "to move this process to CPU " + cpuList);
    }
  }

  /** Why it failed; empty if it did not. */
  private static String move(String cpuList) {
    String self = Long.toString(ProcessHandle.current().pid());
    try {
      Process process =
          new ProcessBuilder(PROGRAM.toString(), "-acp", cpuList, self)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      String output = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      return code == 0
          ? ""
          : output.lines().reduce((first, last) -> last).orElse("exit code " + code);
    } catch (IOException e) {
      return HostException.reason(e);
    } catch (InterruptedException e) {
      throw HostException.interrupted("taskset", e);
    }
  }
}
