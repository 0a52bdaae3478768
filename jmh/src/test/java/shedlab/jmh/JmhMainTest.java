package shedlab.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands, with real forks. */
final class JmhMainTest {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setProperty("jmh.ignoreLock", "true"); // another JMH may run on this machine
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void listenNoMore() {
    System.setOut(out);
    System.setErr(err);
    System.clearProperty("jmh.ignoreLock");
  }

  @Test
  void aRunLeavesJmhsOwnResultsWithAForkForEachRoundAndThePage(@TempDir Path folder)
      throws Exception {
    assertThat(JmhMain.execute("run", folder.toString(), "--rounds=2", "--only=run 30, 1"))
        .isZero();
    Measurements measured = Measurements.read(folder.resolve("jmh.json"));
    assertThat(measured.rounds()).isEqualTo(2);
    assertThat(measured.circumstances()).contains("seed 1").contains("cpu ");
    assertThat(Files.readString(folder.resolve("jmh.json"))).contains("\"forks\" : 2");
    assertThat(Files.readString(folder.resolve("JMH.md"))).contains("Not evidence");
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("round 2 of 2");

    assertThat(JmhMain.execute("section", folder.toString())).isEqualTo(2);
    assertThat(complaints.toString(StandardCharsets.UTF_8))
        .isEqualTo("jmh: rounds: 2 (expected: 6 or more, to be published)\n");
  }

  @Test
  void aPublishedRunsSectionIsPrinted(@TempDir Path folder) throws Exception {
    Files.copy(
        Path.of("src/test/resources/shedlab/jmh/nine-rounds.json"), folder.resolve("jmh.json"));
    assertThat(JmhMain.execute("section", folder.toString())).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .startsWith("Of 3 comparisons,")
        .endsWith("seed 1.\n");
  }

  @Test
  void badInputIsOneLine(@TempDir Path folder) {
    assertThat(JmhMain.execute("run", folder.toString(), "--rounds=0")).isEqualTo(2);
    assertThat(JmhMain.execute("run", folder.toString(), "--only=nothing")).isEqualTo(2);
    assertThat(JmhMain.execute("section", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(complaints.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "jmh: rounds: 0 (expected: 1 or more)",
            "jmh: only: nothing (expected: part of a benchmark's name)",
            "jmh: " + folder.resolve("none/jmh.json") + " (No such file or directory)");
  }
}
