package shedlab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import shedlab.report.Project;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.RunFiles;
import shedlab.report.verify.Verification;

/** The built command line in its own process, started as by a user's shell. */
record Bench(Process process, Path output) {
  private static final Path PROJECT = Project.root();
  private static final Path ENV = Path.of("/usr/bin/env");

  /** A JVM says on its output that it has read it. */
  private static final String JVM_OPTIONS = "JDK_JAVA_OPTIONS";

  /** In the short time of a test every JVM of a run is faster without the optimising compiler. */
  static final Map<String, String> QUICK = Map.of(JVM_OPTIONS, "-XX:TieredStopAtLevel=1");

  /** One server, one strategy: the shortest complete run. */
  static List<String> tiny(String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--profile", "smoke", "--servers", "netty"));
    arguments.addAll(List.of("--strategies", "fixed:limit=4"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  static Bench start(
      Path folder, Map<String, String> environment, List<String> arguments, String... more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                PROJECT.resolve("gatling/bench/target/dist/shedlab.jar").toString(),
                "bench",
                "--project",
                PROJECT.toString()));
    command.addAll(arguments);
    command.addAll(List.of(more));
    if (!arguments.contains("--results")) {
      command.addAll(List.of("--results", folder.resolve("results").toString()));
    }
    if (Files.isExecutable(ENV)) {
      // A parent that ignores Ctrl-C, as with nohup, passes that on, and a JVM would ignore it too.
      command.addAll(0, List.of(ENV.toString(), "--default-signal=INT"));
    }
    Path output = Files.createTempFile(folder, "bench-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    // The environment of the person who runs the tests must not affect them.
    builder.environment().keySet().removeIf(key -> key.startsWith("SHEDLAB_"));
    builder.environment().remove(JVM_OPTIONS);
    builder.environment().put("TESTCONTAINERS_RYUK_DISABLED", "true");
    builder.environment().put("TESTCONTAINERS_HOST_OVERRIDE", "localhost");
    builder.environment().putAll(environment);
    return new Bench(builder.start(), output);
  }

  /** The exit code; the process is ended if it takes longer than {@code seconds}. */
  int exitCode(int seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after " + seconds + " s:\n" + text());
    }
    return process.exitValue();
  }

  /** Waits until the output holds {@code part}. */
  void awaitOutput(String part, int seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!text().contains(part)) {
      if (System.nanoTime() - end > 0 || !process.isAlive()) {
        throw new AssertionError("no '" + part + "' in:\n" + text());
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
  }

  String text() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Copies the runs of one folder to another, where a bench goes on with them. */
  static void copyRuns(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from.resolve("results"))) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file));
        if (!Files.isDirectory(copy)) { // that of the results may be there
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  /** The folders of all runs below {@code folder/results}. */
  static List<Path> runs(Path folder) throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve("results"))) {
      return runs.filter(run -> Files.exists(run.resolve("plan.json"))).sorted().toList();
    }
  }

  static Path onlyRun(Path folder) throws IOException {
    List<Path> runs = runs(folder);
    assertThat(runs).hasSize(1);
    return runs.get(0);
  }

  /** Checks that a run ended well: its files, its bookkeeping, and every number. */
  static void verify(Path run, String host, int cells) throws IOException {
    RunFiles files = RunFiles.open(run);
    assertThat(files.manifest().setUp().host()).isEqualTo(host);
    assertThat(files.cells()).hasSize(cells);
    for (CellResult cell : files.cells()) {
      assertThat(cell.judgement().failure()).isNull();
      assertThat(cell.clientSide().outcomes().good()).isPositive();
      assertThat(cell.judgement().overheadSeconds()).isPositive();
      // The machine may be busy, but the bookkeeping must be right.
      assertThat(cell.judgement().checks())
          .filteredOn(check -> check.bound().startsWith("= ") || check.bound().startsWith("0 to "))
          .hasSizeGreaterThanOrEqualTo(8)
          .allMatch(Check::ok);
      Path raw = run.resolve("cells").resolve(cell.key().id());
      assertThat(raw.resolve("client.csv")).isNotEmptyFile();
      assertThat(raw.resolve("server.csv")).isNotEmptyFile();
      assertThat(raw.resolve("latency.hlog")).isNotEmptyFile();
      assertThat(run.resolve(String.valueOf(cell.judgement().gatlingReport()))).isNotEmptyFile();
    }
    assertThat(run.resolve("capacity.json")).isNotEmptyFile();
    assertThat(run.resolve("summary.csv")).isNotEmptyFile();
    assertThat(Files.readString(run.resolve("report.html"))).contains("NOT EVIDENCE");
    assertThat(run.resolve("REPORT.md")).isNotEmptyFile();
    assertThat(run.resolve("env-after.json")).isNotEmptyFile();
    Verification verification = Verification.of(run);
    assertThat(verification.differences()).isEmpty();
    assertThat(verification.recomputed()).isEqualTo(cells);
  }
}
