package shedlab.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import shedlab.report.Project;
import shedlab.report.result.Invocation;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;

/** The program accepts the command that it prints: a real shell runs the printed command. */
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
    Manifest first = planned(Invocation.line(typed));
    Manifest again = planned(Invocation.line(first.invocation()));

    assertThat(first.invocation()).startsWith("make", "simulate").hasSizeGreaterThan(2);
    assertThat(again.samePlanAs(first)).isTrue();
    assertThat(again.invocation()).isEqualTo(first.invocation());
  }

  @Test
  void theReportPrintsTheCommandThatWasTyped() throws Exception {
    int code =
        ShedlabMain.execute(
            "simulate",
            "--profile=smoke",
            "--loads=0.5,2",
            "--results=" + folder,
            "--project=" + Project.root());

    assertThat(code).isZero();
    try (Stream<Path> runs = Files.list(folder)) {
      Path run = runs.filter(Files::isDirectory).findFirst().orElseThrow();
      String line = Invocation.line(RunFiles.open(run).manifest().invocation());
      assertThat(line)
          .endsWith(
              " simulate --profile=smoke --loads=0.5,2 --results="
                  + folder
                  + " --project="
                  + Project.root());
      assertThat(Files.readString(run.resolve("REPORT.md"))).contains(line);
    }
  }

  @Test
  void wordsThatAShellWouldSplitAreQuoted() {
    assertThat(
            Invocation.line(
                List.of("make", "E=step", "STRATEGIES=none a:b=1", "--set=it's $HOME", "a b", "")))
        .isEqualTo("make E=step STRATEGIES='none a:b=1' --set='it'\\''s $HOME' 'a b' ''");
  }

  /** The plan that the program makes if this line is typed into a shell. */
  private static Manifest planned(String line) throws Exception {
    // Instead of the built program, which is not built for this, one that prints its arguments.
    String command =
        "SHEDLAB='printf %s\\\\n' make -s -e -o build -o target/built "
            + line.substring("make ".length());
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(Project.root().toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    SimulateCommand simulate = new SimulateCommand();
    List<String> arguments = said.lines().toList();
    List<String> options = new ArrayList<>(arguments.subList(1, arguments.size()));
    options.add("--project=" + Project.root());
    new CommandLine(simulate).parseArgs(options.toArray(String[]::new));
    return simulate.planned().get(0).manifest("run", simulate.invocation());
  }
}
