package shedlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOTE: Picked up JDK_JAVA_OPTIONS: -Xmx1g",
        "Picked up JAVA_TOOL_OPTIONS: -Xmx1g",
        "Picked up _JAVA_OPTIONS: -Xmx1g"
      })
  void whatAJvmSaysOfOptionsInItsEnvironmentIsNotWhatTheProgramSays(String note) {
    assertThat(Programs.lastLine(note + "\n")).isEqualTo("(no output)");
    assertThat(Programs.lastLine("limit: 0\n" + note + "\n")).isEqualTo("limit: 0");
  }

  @Test
  void theLastLineIsTheLastThatIsNotBlank() {
    assertThat(Programs.lastLine("one\n two \n\n")).isEqualTo("two");
  }
}
