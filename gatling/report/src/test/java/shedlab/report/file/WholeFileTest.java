package shedlab.report.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.NotRun;

class WholeFileTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void replacesAnEarlierFileAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("report.html");
    WholeFile.write(file, "old", true);
    WholeFile.write(file, "new", false);
    assertThat(file).hasContent("new");
    assertThat(folder).isDirectoryContaining(file::equals);
    try (var all = Files.list(folder)) {
      assertThat(all).hasSize(1);
    }
  }

  /** A file system that is full once one block is written. */
  @Test
  void aFullDiskIsAnErrorThatNamesTheFileAndLeavesTheEarlierOne() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString());
    NotRun.unless(mounted, "CI", "a full disk: no right to mount a small file system");
    try {
      Path file = small.resolve("report.html");
      WholeFile.write(file, "old", true);
      assertThatIOException()
          .isThrownBy(() -> WholeFile.write(file, "x".repeat(1 << 20), true))
          .withMessage(file + ": No space left on device (expected: to be written)");
      assertThat(file).hasContent("old");
      try (var all = Files.list(small)) {
        assertThat(all).containsExactly(file);
      }
    } finally {
      assertThat(run("umount", small.toString())).isTrue();
    }
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
