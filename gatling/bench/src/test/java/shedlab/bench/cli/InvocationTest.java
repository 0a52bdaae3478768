package shedlab.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import shedlab.report.Project;
import shedlab.report.result.Invocation;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;

/** What the program prints, it accepts: the printed command is typed into a real shell. */
class InvocationTest {
  @TempDir private Path folder = Path.of("");

  static Stream<List<String>> commands() {
    return Stream.of(
        List.of("E=overload", "PROFILE=smoke", "CORES=2"),
        List.of("E=overload", "PROFILE=smoke", "LOAD=0.5,2", "STRATEGIES=none fixed:limit=1"),
        List.of(
            "E=step",
            "PROFILE=smoke",
            "STRATEGIES=fixed:limit=${workers}+fifo:capacity=${workers*4},timeout=${deadline}"
                + " clairvoyant:rate=${capacity}/s,budget=100ms"),
        List.of("E=overload", "PROFILE=smoke", "SET=deadline=100ms  timeout=2s question=it's,so"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void thePrintedCommandPlansTheSameRun(List<String> words) throws Exception {
    List<String> typed = Stream.concat(Stream.of("make", "simulate"), words.stream()).toList();
    Manifest first = simulated("first", Invocation.line(typed));

    assertThat(first.invocation()).startsWith("make", "simulate");
    Manifest again = simulated("again", Invocation.line(first.invocation()));

    assertThat(again.samePlanAs(first)).isTrue();
    assertThat(again.invocation()).isEqualTo(first.invocation());
    assertThat(report("first")).contains(Invocation.line(first.invocation()));
  }

  @Test
  void wordsThatAShellWouldSplitAreQuoted() {
    assertThat(
            Invocation.line(
                List.of("make", "E=step", "STRATEGIES=none a:b=1", "--set=it's $HOME", "a b", "")))
        .isEqualTo("make E=step STRATEGIES='none a:b=1' --set='it'\\''s $HOME' 'a b' ''");
  }

  /** In a shell, with the program that this test runs on instead of the built one. */
  private Manifest simulated(String results, String line) throws Exception {
    String program =
        Path.of(System.getProperty("java.home"), "bin", "java")
            + " -cp "
            + System.getProperty("java.class.path")
            + " shedlab.bench.cli.ShedlabMain";
    String command = line.replaceFirst("^make ", "make -s BUILD= SHEDLAB='" + program + "' ");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command)
            .directory(Project.root().toFile())
            .redirectErrorStream(true);
    builder.environment().put("SHEDLAB_RESULTS", folder.resolve(results).toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return RunFiles.open(run(results)).manifest();
  }

  private Path run(String results) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(results))) {
      return files.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  private String report(String results) throws IOException {
    return Files.readString(run(results).resolve("REPORT.md"));
  }
}
