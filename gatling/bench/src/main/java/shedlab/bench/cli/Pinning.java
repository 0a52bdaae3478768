package shedlab.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps this JVM off the server's CPUs. */
final class Pinning {
  private static final Path TASKSET = Path.of("/usr/bin/taskset");

  private Pinning() {}

  /** All threads of this process, where {@code taskset} exists; elsewhere the system decides. */
  static void pinThisProcess(String cpuList) {
    if (!Files.isExecutable(TASKSET)) {
      return;
    }
    String self = Long.toString(ProcessHandle.current().pid());
    try {
      new ProcessBuilder(TASKSET.toString(), "-acp", cpuList, self)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      // As where there is no taskset.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
