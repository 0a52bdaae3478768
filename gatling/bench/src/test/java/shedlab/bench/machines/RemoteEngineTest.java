package shedlab.bench.machines;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import shedlab.bench.machines.RemoteEngine.Answer;

/** What programs come to that speak to an engine; these are others. */
@Timeout(60)
class RemoteEngineTest {
  @Test
  void aProgramThatSucceedsIsItsOutput() {
    assertThat(run("echo one; echo two >&2")).isEqualTo(new Answer("one\n", ""));
    assertThat(run("echo one", "tr o O")).isEqualTo(new Answer("One\n", ""));
  }

  @Test
  void aProgramThatFailsIsItsLastLineOrItsCode() {
    assertThat(run("echo one; echo two >&2; echo three >&2; exit 1"))
        .isEqualTo(new Answer("", "three"));
    assertThat(run("exit 7")).isEqualTo(new Answer("", "code 7"));
    assertThat(run("exit 7", "cat")).isEqualTo(new Answer("", "code 7"));
  }

  @Test
  void aProgramThatHangsIsEnded() {
    assertThat(
            RemoteEngine.run(
                List.of(new ProcessBuilder("sh", "-c", "exec sleep 3600")), Duration.ofMillis(50)))
        .isEqualTo(new Answer("", "no answer within 0 s"));
  }

  private static Answer run(String... scripts) {
    return RemoteEngine.run(
        Arrays.stream(scripts).map(script -> new ProcessBuilder("sh", "-c", script)).toList(),
        Duration.ofSeconds(30));
  }
}
