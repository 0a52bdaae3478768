package shedlab.report.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
  @TempDir private Path parent = Path.of("");

  @Test
  void isDeletedWithAllThatIsInItWhenItIsClosed() throws IOException {
    try (Scratch scratch = Scratch.in(parent)) {
      Files.writeString(
          Files.createDirectories(scratch.folder().resolve("a/b")).resolve("c"), "text");
    }
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void whatAKilledRunnerLeftIsDeletedByTheNextAndWhatIsInUseIsNot() throws IOException {
    Path left = Files.createDirectories(parent.resolve("shedlab-run-1"));
    Files.writeString(left.resolve("lock"), "");
    Files.writeString(left.resolve("server-1.csv"), "epoch_micros");
    Path foreign = Files.createDirectories(parent.resolve("shedlab-verify-2"));

    try (Scratch first = Scratch.in(parent);
        Scratch second = Scratch.in(parent)) {
      assertThat(left).doesNotExist();
      assertThat(first.folder()).isDirectory();
      assertThat(second.folder()).isDirectory();
    }
    assertThat(foreign).isDirectory();
  }

  @Test
  void theFolderOfAnotherProcessThatLivesIsLeftAlone() throws Exception {
    Path folder = Files.createDirectories(parent.resolve("shedlab-run-1"));
    Path source = folder.resolve("Holder.java");
    Files.writeString(
        source,
        """
        class Holder {
          public static void main(String[] args) throws Exception {
            var file = new java.io.RandomAccessFile(args[0], "rw");
            file.getChannel().lock();
            System.out.println("locked");
            System.in.read();
          }
        }
        """);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process holder =
        new ProcessBuilder(java, source.toString(), folder.resolve("lock").toString()).start();
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("locked");
      Scratch.in(parent).close();
      assertThat(folder).isDirectory();
    } finally {
      holder.destroyForcibly();
    }
    assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();
    Scratch.in(parent).close();
    assertThat(folder).doesNotExist();
  }
}
