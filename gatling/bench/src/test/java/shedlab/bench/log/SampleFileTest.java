package shedlab.bench.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFileTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void numbersAreMillisecondsUnlessTheyHaveAUnit() throws IOException {
    SampleFile.Samples samples = read("10\n20\n\n15ms\n15000us\nfast\n0.015s\n-3\n", "");

    assertThat(samples.durations().count()).isEqualTo(5);
    assertThat(samples.durations().meanMicros()).isCloseTo(15_000, within(0.001));
    assertThat(samples.durations().variation()).isCloseTo(0.2357, within(0.001));
    assertThat(samples.lines().sentence())
        .startsWith("5 lines and 2 bad ones")
        .endsWith("samples:6: fast");
  }

  @Test
  void aColumnHasTheUnitOfItsName() throws IOException {
    SampleFile.Samples samples = read("path,took_us\n/a,1000\n/b,3000\n/c\n", "took_us");

    assertThat(samples.durations().meanMicros()).isEqualTo(2_000);
    assertThat(samples.lines()).extracting(Lines::read, Lines::bad).containsExactly(2L, 1L);
  }

  @Test
  void afileWithoutNumbersOrWithoutTheColumnIsRefused() {
    assertThatThrownBy(() -> read("a\nb\n", ""))
        .hasMessageMatching("samples: .*samples \\(expected: numbers, one a line; .*\\)");
    assertThatThrownBy(() -> read("a,b\n1,2\n", "c"))
        .hasMessageMatching("column: c \\(expected: the name of a column of .*samples\\)");
  }

  private SampleFile.Samples read(String content, String column) throws IOException {
    return SampleFile.read(Files.writeString(folder.resolve("samples"), content), column);
  }
}
