package shedlab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ArgumentsTest {
  private static String[] of(Map<String, String> environment, String... given) {
    return Arguments.of(new CommandLine(new ShedlabMain()), given, environment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--cores=", "--servers= ", "--set=", "--experiment=", "--results="})
  void anEmptyValueCountsAsNotGiven(String empty) {
    assertThat(of(Map.of(), "simulate", empty)).containsExactly("simulate");
  }

  @Test
  void anOptionThatIsNotGivenIsReadFromTheEnvironment() {
    Map<String, String> environment =
        Map.of("SHEDLAB_SERVERS", "netty", "SHEDLAB_SERVER_IMAGE", "jre:25", "SHEDLAB_CORES", "8");

    assertThat(of(environment, "bench", "--servers=jetty"))
        .containsExactly("bench", "--servers=jetty", "--server-image=jre:25");
    assertThat(of(environment, "simulate", "--cores", "2"))
        .containsExactly("simulate", "--cores", "2", "--servers=netty");
  }

  @Test
  void variablesWithoutThePrefixAreIgnored() {
    Map<String, String> anybodys =
        Map.of("HOST", "db1", "E", "x", "SET", "y", "IMAGE", "z", "PROFILE", "dev", "CORES", "9");

    assertThat(of(anybodys, "bench")).containsExactly("bench");
    assertThat(of(anybodys, "simulate")).containsExactly("simulate");
  }

  @Test
  void aStrategyWithVariablesIsLeftAsItIs() {
    String strategy = "fixed:limit=${workers}+fifo:capacity=${workers*4}";

    assertThat(of(Map.of("SHEDLAB_STRATEGIES", strategy), "simulate"))
        .containsExactly("simulate", "--strategies=" + strategy);
  }
}
