package shedlab.report.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesTest {
  private static List<String> read(String text) throws IOException {
    List<String> all = new ArrayList<>();
    try (Lines lines = Lines.of(text, "text")) {
      for (String line = lines.nextWhole(); line != null; line = lines.nextWhole()) {
        all.add(line);
      }
    }
    return all;
  }

  /** However much of a file is read at once. */
  @Test
  void aLineOfAnyLengthIsOneLine() throws IOException {
    for (int length = 8_180; length <= 8_200; length++) {
      String line = "é" + "x".repeat(length);

      assertThat(read(line + "\n\n" + line + "\r\nlast\n"))
          .as(length + " letters")
          .containsExactly(line, "", line, "last");
    }
    assertThat(read("")).isEmpty();
  }

  @Test
  void aLastLineWithoutAnEndIsTorn() throws IOException {
    for (int length : List.of(3, 8_192, 10_000)) {
      try (Lines lines = Lines.of("a\n" + "b".repeat(length), "text")) {
        assertThat(lines.next()).isEqualTo("a");
        assertThat(lines.torn()).isFalse();
        assertThat(lines.next()).hasSize(length);
        assertThat(lines.torn()).isTrue();
        assertThat(lines.place()).isEqualTo(new Place("text", 2));
        assertThat(lines.next()).isNull();
      }
    }
    assertThatIOException()
        .isThrownBy(() -> read("a\nb"))
        .withMessage("text:2: line: b (expected: the end of a line: the file is truncated)");
  }

  @Test
  void aLineMayBeAMebibyteLong() throws IOException {
    String longest = "x".repeat(1 << 20);

    assertThat(read(longest + "\n")).containsExactly(longest);
    assertThatIOException()
        .isThrownBy(() -> read("a\n" + longest + "x\n"))
        .withMessage("text:2: line: too long (expected: at most 1048576 bytes)");
  }

  @Test
  void otherBytesThanUtf8AreToldAndTheSignForThemIsText(@TempDir Path folder) throws IOException {
    assertThat(read("a \uFFFD b\n")).containsExactly("a \uFFFD b");
    Path file = Files.write(folder.resolve("bytes"), new byte[] {'a', '\n', (byte) 0xff, '\n'});
    try (Lines lines = Lines.of(file)) {
      assertThat(lines.next()).isEqualTo("a");
      assertThatIOException()
          .isThrownBy(lines::next)
          .withMessage(file + ":2: line: other bytes (expected: UTF-8)");
    }
  }
}
