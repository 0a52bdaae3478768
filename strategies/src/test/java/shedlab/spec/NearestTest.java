package shedlab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> NAMES =
      List.of("none", "fixed", "vegas", "vegas-quarkus", "netflix-vegas", "lifo", "fifo", "codel");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vegass | one of vegas, vegas-quarkus, netflix-vegas; all: ",
        "fixd | one of fixed; all: ",
        "fio | one of fifo; all: ",
        "ffo | one of fifo; all: ",
        "netflix | one of netflix-vegas; all: ",
        "Vegas | one of vegas, vegas-quarkus, netflix-vegas; all: ",
        "semaphore | one of none, fixed",
        "'' | one of none, fixed"
      })
  void listsWhatResemblesTheWordFirst(String word, String start) {
    assertThat(Nearest.rule(word, NAMES))
        .startsWith(start)
        .endsWith("none, fixed, vegas, vegas-quarkus, netflix-vegas, lifo, fifo, codel");
  }

  @Test
  void countsWrongLetters() {
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("abc", "")).isEqualTo(3);
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.distance("flaw", "lawn")).isEqualTo(2);
    assertThat(Nearest.distance("same", "same")).isZero();
  }
}
