package shedlab.report.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import shedlab.report.result.RunFiles;

/**
 * Every file of {@code damaged/} in place of that of a real run: one line names the file and the
 * line, and says what was expected. {@code messages.txt} has them, {@code name | file | message}.
 */
class DamagedFilesTest {
  @TempDir private Path run = Path.of("");

  @BeforeEach
  void aRealRun() throws IOException {
    SmallRun.copyTo(run);
  }

  static Stream<Arguments> damaged() throws IOException {
    return Files.readAllLines(damagedFile("messages.txt")).stream()
        .map(line -> Arguments.of((Object[]) line.split(" \\| ", 3)));
  }

  private static Path damagedFile(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(RunFiles.class.getResource("/shedlab/report/damaged/" + name))
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damaged")
  void isToldInOneLine(String name, String file, String message) throws IOException {
    Path damaged = run.resolve(file);
    Files.copy(
        damagedFile(name + "/" + damaged.getFileName()),
        damaged,
        StandardCopyOption.REPLACE_EXISTING);

    assertThatIOException()
        .isThrownBy(() -> Verification.cells(RunFiles.open(run), new Differences()))
        .withMessage(run + "/" + message);
  }

  @Test
  void allOfTheCorpusIsTried() throws IOException {
    try (Stream<Path> folders = Files.list(damagedFile("messages.txt").resolveSibling("."))) {
      assertThat(folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(damaged().map(a -> (String) a.get()[0]).toList());
    }
  }

  @Test
  void aFileOfTwoGigabytesIsNotTakenIntoMemory() throws IOException {
    for (String name : new String[] {"cells.jsonl", "plan.json"}) {
      try (var file = new RandomAccessFile(run.resolve(name).toFile(), "rw")) {
        file.setLength(2L << 30); // sparse
      }
    }
    assertThatIOException()
        .isThrownBy(() -> RunFiles.open(run))
        .withMessage(run + "/plan.json: bytes: 2147483648 (expected: 16777216 or fewer)");

    SmallRun.restore(run, "plan.json");

    assertThatIOException()
        .isThrownBy(() -> RunFiles.open(run))
        .withMessage(run + "/cells.jsonl:3: line: too long (expected: at most 1048576 bytes)");
  }

  @Test
  void cellsThatAreGoneAreMissed() throws IOException {
    Files.delete(run.resolve("cells.jsonl"));
    var differences = new Differences();

    Verification.cells(RunFiles.open(run), differences);

    assertThat(differences.all())
        .containsExactly(
            "cells.jsonl: missing (expected: a line for every cell)",
            "cells/netty-1-fixed-0.5x-r1: there (expected: a line in cells.jsonl as well)",
            "cells/netty-1-fixed-2.0x-r1: there (expected: a line in cells.jsonl as well)");
  }

  @Test
  void aTornLastLineIsNoticed() throws IOException {
    String cells = Files.readString(run.resolve("cells.jsonl"));
    Files.writeString(run.resolve("cells.jsonl"), cells.substring(0, cells.length() - 100));
    var differences = new Differences();

    Verification.cells(RunFiles.open(run), differences);

    assertThat(differences.all()).containsExactly("cells.jsonl:2: torn last line ignored");
  }
}
