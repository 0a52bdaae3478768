package shedlab.bench.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTreeTest {
  @TempDir private Path proc = Path.of("");

  private final ProcessHandle self = ProcessHandle.current();

  private ProcessTree tree() {
    return new ProcessTree(self, proc);
  }

  private void stat(long user, long system, long ofChildren) throws IOException {
    Path folder = Files.createDirectories(proc.resolve(Long.toString(self.pid())));
    String times = user + " " + system + " " + ofChildren + " 0";
    Files.writeString(
        folder.resolve("stat"), self.pid() + " (a (b) c) S 1 2 3 4 5 6 7 8 9 10 " + times + " 20");
  }

  @Test
  void countsUserAndSystemTimeAndThatOfChildrenThatEnded() throws IOException {
    stat(12, 3, 5);
    assertThat(tree().cpuMicros()).isEqualTo(200_000);
  }

  @Test
  void neverGoesBackWhenAProcessHasEnded() throws IOException {
    stat(12, 3, 5);
    ProcessTree tree = tree();
    long before = tree.cpuMicros();
    stat(1, 0, 0);
    assertThat(tree.cpuMicros()).isEqualTo(before);
  }

  @Test
  void aProcessThatIsGoneCountsNothing() {
    assertThat(tree().cpuMicros()).isZero();
  }
}
