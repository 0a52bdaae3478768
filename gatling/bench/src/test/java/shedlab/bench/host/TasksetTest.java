package shedlab.bench.host;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shedlab.report.NotRun;

class TasksetTest {
  @BeforeEach
  void itIsThere() {
    NotRun.unless(Taskset.isThere(), "CI", "moving this process: no taskset");
  }

  @Test
  void aProcessThatCannotBeMovedIsAnErrorInTheProgramsOwnWords() {
    assertThatThrownBy(() -> Taskset.pinThisProcess("4095"))
        .isInstanceOf(HostException.class)
        .hasMessageStartingWith("taskset: ")
        .hasMessageContaining("Invalid argument")
        .hasMessageEndingWith("(expected: to move this process to CPU 4095)");
  }

  @Test
  void theCpusThatAProcessHasAlreadyCanBeAskedFor() throws IOException {
    String allowed =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("Cpus_allowed_list:"))
            .map(line -> line.substring(line.indexOf(':') + 1).trim())
            .findFirst()
            .orElseThrow();
    assertThatCode(() -> Taskset.pinThisProcess(allowed)).doesNotThrowAnyException();
  }
}
