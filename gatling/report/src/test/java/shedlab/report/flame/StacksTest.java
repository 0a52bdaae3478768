package shedlab.report.flame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StacksTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void whatIsWrittenIsWhatIsReadInAnOrderOfItsOwn() throws IOException {
    Stacks stacks = new Stacks(Map.of("thread io;b.C.run", 7L, "tasks;a.B.work", 90L));

    stacks.write(folder);

    assertThat(folder.resolve(Stacks.FILE))
        .content()
        .isEqualTo("tasks;a.B.work 90\nthread io;b.C.run 7\n");
    assertThat(Stacks.read(folder)).isEqualTo(stacks);
    assertThat(stacks.total()).isEqualTo(97);
  }

  @Test
  void aFrameCannotEndItsStack() {
    assertThat(Stacks.folded(List.of("a;b", "c\nd"))).isEqualTo("a b;c d");
  }

  @Test
  void aLineThatIsNoStackIsNamed() throws IOException {
    for (String line : List.of("tasks;a.B.work", "tasks;a.B.work 0", " 7", "a 1\na 2")) {
      Files.writeString(folder.resolve(Stacks.FILE), line + "\n");

      assertThatIOException()
          .isThrownBy(() -> Stacks.read(folder))
          .withMessageMatching(
              ".*stacks\\.folded:[12]: line: .* \\(expected: a stack of its own.*");
    }
  }
}
