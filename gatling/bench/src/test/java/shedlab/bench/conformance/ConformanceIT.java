package shedlab.bench.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.report.Project;

/** The built program, tried on real servers. */
class ConformanceIT {
  @TempDir private Path folder = Path.of("");

  private record Said(int code, String text) {}

  private Said conformance(String target) throws Exception {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    Project.file("gatling/bench/target/dist/shedlab.jar").toString(),
                    "conformance",
                    "--project=" + Project.root(),
                    "--target=" + target))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("SHEDLAB_"));
    builder.environment().remove("JDK_JAVA_OPTIONS"); // a JVM says that it has read them
    Process process = builder.start();
    try {
      assertThat(process.waitFor(240, TimeUnit.SECONDS)).isTrue();
      return new Said(process.exitValue(), Files.readString(output));
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "undertow", "jetty"})
  void ourServersKeepEveryRule(String server) throws Exception {
    Said said = conformance(server);

    assertThat(said.text())
        .contains("12 of 12 necessary, 10 of 10 useful, 12 of 12 robust rules hold.")
        .endsWith("It can be measured.\n");
    assertThat(said.code()).isZero();
  }

  @Test
  void aTargetThatBreaksANecessaryRuleEndsWithACodeOfItsOwn() throws Exception {
    try (SmallTarget target =
        new SmallTarget() {
          @Override
          long task(int units) {
            return 7;
          }
        }) {
      Said said = conformance("url:" + target.url());

      assertThat(said.text())
          .contains("does not hold  necessary  1 unit has its checksum ")
          .contains("200 0000000000000007, 17 bytes (expected: 200 56b663219f6e38f5 ")
          .endsWith("It cannot be measured.\n");
      assertThat(said.code()).isEqualTo(8);
    }
  }

  @Test
  void aTargetThatNobodyKnowsIsRefusedInOneLine() throws Exception {
    Said said = conformance("nobody");

    assertThat(said.text()).startsWith("shedlab: servers: nobody (expected: ").hasLineCount(1);
    assertThat(said.code()).isEqualTo(2);
  }

  @Test
  void whereNobodyListensTheOtherRulesAreNotListed() throws Exception {
    Said said = conformance("url:http://127.0.0.1:1");

    assertThat(said.text())
        .contains("does not hold  necessary  health answers 200 ")
        .contains("The other rules were not tried, as health answers 200 does not hold.\n")
        .hasLineCount(7);
    assertThat(said.code()).isEqualTo(8);
  }
}
