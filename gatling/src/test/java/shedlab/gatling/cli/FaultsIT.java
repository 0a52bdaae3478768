package shedlab.gatling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import shedlab.gatling.NotRun;
import shedlab.gatling.result.CellResult;
import shedlab.gatling.result.RunFiles;

/**
 * What a run does when something under it breaks: real processes, really killed. Two at a time,
 * since only what is kept and what is left running counts here, and no figure.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultsIT {
  private static final int RESUMED = 300;

  @TempDir private Path folder = Path.of("");

  private static List<String> twoCells() {
    List<String> arguments = new ArrayList<>(Bench.TINY);
    arguments.set(arguments.indexOf("--loads") + 1, "0.3 0.5");
    arguments.addAll(List.of("--host", "processes"));
    arguments.set(arguments.indexOf("--set") + 1, "warm-up=1s measure=3s");
    return arguments;
  }

  @Test
  void aCellWhoseServerIsKilledIsMeasuredAgainOnAFreshOne() throws Exception {
    Bench bench = Bench.start(folder, Map.of(), twoCells());
    bench.awaitOutput("/s offered", 240);
    kill(child(bench, "shedlab.servers.ServerMain"));

    assertThat(bench.exitCode(RESUMED)).describedAs(bench.text()).isZero();
    RunFiles files = RunFiles.open(onlyRun());
    assertThat(files.cells()).hasSize(2).allMatch(cell -> cell.failure() == null);
    assertThat(files.cells().get(1).attempt()).isEqualTo(2);
    // The first attempt stays on record, with its cause.
    assertThat(Files.readAllLines(onlyRun().resolve("cells.jsonl")))
        .hasSize(3)
        .anyMatch(line -> line.contains("\"attempt\":1") && line.contains("\"failure\":\""));
    assertNothingRuns(bench);
  }

  @Test
  void aCellWhoseLoadGeneratorIsKilledIsMeasuredAgainWithAFreshOne() throws Exception {
    Bench bench = Bench.start(folder, Map.of(), twoCells());
    bench.awaitOutput("/s offered", 240);
    kill(child(bench, "shedlab.gatling.load.InjectorMain"));

    assertThat(bench.exitCode(RESUMED)).describedAs(bench.text()).isZero();
    RunFiles files = RunFiles.open(onlyRun());
    assertThat(files.cells()).hasSize(2).allMatch(cell -> cell.failure() == null);
    assertThat(files.cells().get(1).attempt()).isEqualTo(2);
    assertThat(Files.readString(onlyRun().resolve("cells.jsonl"))).contains("injector: ");
    assertNothingRuns(bench);
  }

  @Test
  void aKilledRunnerLeavesNothingRunningAndFinishedCellsSurviveBitForBit() throws Exception {
    Bench first = Bench.start(folder, Map.of(), twoCells());
    first.awaitOutput("/s offered", 240);
    List<ProcessHandle> children = first.process().descendants().toList();
    assertThat(children).hasSizeGreaterThanOrEqualTo(2);
    byte[] finished = Files.readAllBytes(onlyRun().resolve("cells.jsonl"));
    kill(first.process().toHandle());
    for (ProcessHandle child : children) {
      child.onExit().get(15, TimeUnit.SECONDS);
    }

    Bench second = Bench.start(folder, Map.of(), twoCells());
    assertThat(second.exitCode(RESUMED)).describedAs(second.text()).isZero();
    assertThat(second.text()).contains("(1 already measured)");
    byte[] all = Files.readAllBytes(onlyRun().resolve("cells.jsonl"));
    assertThat(Arrays.copyOf(all, finished.length)).isEqualTo(finished);
    assertThat(RunFiles.open(onlyRun()).cells()).hasSize(2);
  }

  @Test
  void aFullDiskEndsTheRunInOneLineAndTheSameCommandResumes() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    NotRun.unless(mounted(small), "CI", "a full disk: no right to mount a small file system");
    try {
      List<String> arguments = new ArrayList<>(twoCells());
      arguments.addAll(List.of("--results", small.toString()));
      Bench first = Bench.start(folder, Map.of(), arguments);
      first.awaitOutput("/s offered", 240);
      Path run = runs(small).get(0);
      CellResult kept = RunFiles.open(run).cells().get(0);
      Path filler = fill(small);
      assertThat(first.exitCode(RESUMED)).describedAs(first.text()).isNotZero();
      assertThat(first.text().lines().filter(line -> line.startsWith("\tat "))).isEmpty();
      assertThat(first.text()).contains("No space left on device");
      assertNothingRuns(first);

      Files.delete(filler);
      Bench second = Bench.start(folder, Map.of(), arguments);
      assertThat(second.exitCode(RESUMED)).describedAs(second.text()).isZero();
      assertThat(RunFiles.open(run).cells()).hasSize(2).contains(kept);
    } finally {
      run("umount", small.toString());
    }
  }

  private static boolean mounted(Path small) throws Exception {
    return run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", small.toString()) == 0;
  }

  /** Takes what is left of a small file system. */
  private static Path fill(Path small) throws IOException {
    Path filler = small.resolve("filler");
    byte[] block = new byte[1 << 12];
    try (var out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      return filler; // full
    }
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static ProcessHandle child(Bench bench, String mainClass) {
    return bench
        .process()
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains(mainClass))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + mainClass + " runs:\n" + bench.text()));
  }

  private static void kill(ProcessHandle process) throws Exception {
    assertThat(run("kill", "-KILL", Long.toString(process.pid()))).isZero();
  }

  private static void assertNothingRuns(Bench bench) {
    assertThat(bench.process().descendants()).isEmpty();
  }

  private Path onlyRun() throws IOException {
    List<Path> runs = Bench.runs(folder);
    assertThat(runs).hasSize(1);
    return runs.get(0);
  }

  private static List<Path> runs(Path results) throws IOException {
    try (var all = Files.list(results)) {
      return all.filter(path -> Files.exists(path.resolve("plan.json"))).toList();
    }
  }
}
