package shedlab.simulation.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenFileTest {
  @Test
  void aDifferenceShowsBothLinesBelowTheirHeading() {
    List<String> committed = List.of("# 2x", "a 1", "b 1", "# 5x", "a 2");
    List<String> computed = List.of("# 2x", "a 1", "b 9", "# 5x", "a 2");

    assertThat(GoldenFile.difference(committed, computed).lines())
        .containsExactly("# 2x", "- b 1", "+ b 9", "1 of 5 lines differ");
  }

  @Test
  void aMismatchFailsAndSaysHowToWriteItAnew(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("golden.txt");
    Files.writeString(file, "a 1\n");

    GoldenFile.check(file, "a 1\n");
    if (!GoldenFile.WRITES) {
      assertThatThrownBy(() -> GoldenFile.check(file, "a 2\n"))
          .hasMessageContainingAll("- a 1", "+ a 2", "make golden");
      assertThat(file).hasContent("a 1");
    }
  }

  @Test
  void numbersAreRoundedTheSameEverywhere() {
    assertThat(Decimal.of(0.25, 1)).isEqualTo("0.3");
    assertThat(Decimal.of(-0.25, 1)).isEqualTo("-0.3");
    assertThat(Decimal.of(-0.01, 1)).isEqualTo("0.0");
    assertThat(Decimal.of(12.0, 0)).isEqualTo("12");
    assertThat(Decimal.of(3.05, 3)).isEqualTo("3.050");
    assertThat(Decimal.of(Double.NaN, 1)).isEqualTo("-");
    assertThat(Decimal.percent(0.985)).isEqualTo("98.5");
  }
}
