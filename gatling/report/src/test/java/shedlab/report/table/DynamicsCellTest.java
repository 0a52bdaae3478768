package shedlab.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DynamicsCellTest {
  @Test
  void whereEveryRunHasAFigureItIsTheirMedianWithTheirRange() {
    assertThat(text(5.0, 4.6, 4.8)).isEqualTo("4.8 (4.6 to 5.0)");
    assertThat(text(8.5, 8.5)).isEqualTo("8.5");
  }

  @Test
  void aMedianOfThoseThatRecoveredIsNotCalledThatOfAll() {
    assertThat(text(13.2, null, null)).isEqualTo("13.2 in 1 of 3");
    assertThat(text(5.9, null, 8.3)).isEqualTo("5.9 to 8.3 in 2 of 3");
    assertThat(text(null, null)).isEqualTo("never");
  }

  private static String text(@Nullable Double... runs) {
    return DynamicsCell.of(Stream.of(runs)).text();
  }
}
