package shedlab.gatling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.gatling.NotRun;
import shedlab.gatling.result.CellResult;
import shedlab.gatling.result.Check;
import shedlab.gatling.result.RunFiles;
import shedlab.gatling.verify.Verification;

/** Whole runs: real servers, real Gatling, real containers, the real command line. */
class BenchIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void aRunInContainersLeavesTheSameAndNoContainerBehind() throws Exception {
    String image = System.getenv().getOrDefault("IMAGE", "");
    NotRun.unless(engineAnswers(), "REQUIRE_CONTAINERS", "a run in containers: no Docker engine");
    List<String> arguments = with(Bench.TINY, "--host", "containers");
    Bench bench =
        Bench.start(folder, image.isEmpty() ? Map.of() : Map.of("IMAGE", image), arguments);
    assertThat(bench.exitCode(300)).describedAs(bench.text()).isZero();
    assertThat(bench.text()).contains("host        containers of ");
    verify(onlyRun(), "containers", 1);
    assertThat(output("docker", "ps", "-aq", "--filter", "label=shedlab.runner")).isEmpty();
    assertThat(output("docker", "network", "ls", "-q", "--filter", "label=shedlab.runner"))
        .isEmpty();
  }

  @Test
  void ctrlCKeepsFinishedCellsLeavesNothingRunningAndTheSameCommandResumes() throws Exception {
    List<String> command = with(Bench.TINY, "--host", "processes", "--loads", "0.3 0.5");
    Bench first = Bench.start(folder, Map.of(), command);
    first.awaitOutput("/s offered", 120);
    List<ProcessHandle> children = first.process().descendants().toList();
    assertThat(children).isNotEmpty();
    interrupt(first.process());
    assertThat(first.exitCode(20)).isEqualTo(130);
    assertThat(first.text()).contains("Stopped: 1 of 2 cells are kept in");
    for (ProcessHandle child : children) {
      child.onExit().get(10, TimeUnit.SECONDS);
    }
    CellResult kept = RunFiles.open(onlyRun()).cells().get(0);

    Bench second = Bench.start(folder, Map.of(), with(command, "--live", "1"));
    second.awaitOutput("live: http://127.0.0.1:", 60);
    CompletableFuture<HttpResponse<String>> events = events(second);
    assertThat(second.exitCode(120)).describedAs(second.text()).isZero();
    assertThat(second.text()).contains("(1 already measured)");
    assertThat(events.get(10, TimeUnit.SECONDS).body())
        .contains("\"phase\":\"warming up netty fixed:limit=4\"", "\"done\":1,\"total\":2")
        .contains("\"name\":\"netty-1-fixed-0.5x-r1\"", "\"ended\":true");
    assertThat(second.text()).contains("host        pinned processes");
    assertThat(RunFiles.open(onlyRun()).cells()).contains(kept);
    verify(onlyRun(), "processes", 2);
  }

  @Test
  void badInputIsOneLineACodeAndNothingHalfWritten() throws Exception {
    assertRefused("shedlab: servers: tomcat (expected: some of", "--servers", "tomcat");
    assertRefused("shedlab: limt: 4 (expected: one of the keys of", "--strategies", "fixed:limt=4");
    assertRefused(
        "shedlab: strategy: netflix-vgas (expected: one of netflix-vegas",
        "--strategies",
        "netflix-vgas");
    assertRefused(
        "shedlab: servers: [netty] (expected: [undertow, jetty] for native",
        "--strategies",
        "native:limit=4,queue=16",
        "--servers",
        "netty");
    assertRefused("shedlab: experiment: nope (expected: all or one of [", "--experiment", "nope");
    assertRefused("shedlab: mesure: 1s (expected: one of the keys", "--set", "mesure=1s");
    assertRefused(
        "shedlab: host: moon (expected: auto, containers or processes)", "--host", "moon");
    assertRefused("shedlab: results: /dev/null/x (expected: a folder", "--results", "/dev/null/x");
    assertRefused("shedlab: live: 80 (expected: 1, or a port from 1000)", "--live", "80");
    assertRefused("shedlab: Unknown options: '--server', 'netty'", "--server", "netty");
  }

  @Test
  void aDockerHostThatDoesNotAnswerIsOneLine() throws Exception {
    Bench bench =
        Bench.start(
            folder,
            Map.of("DOCKER_HOST", "tcp://127.0.0.1:1"),
            with(Bench.TINY, "--host", "containers"));
    assertThat(bench.exitCode(60)).isEqualTo(2);
    assertThat(bench.text())
        .isEqualTo("shedlab: docker: tcp://127.0.0.1:1 (expected: an engine that answers)\n");
    assertThat(Bench.runs(folder)).isEmpty();
  }

  private void assertRefused(String line, String... arguments) throws Exception {
    Bench bench = Bench.start(folder, Map.of(), List.of(arguments));
    assertThat(bench.exitCode(30)).describedAs(bench.text()).isEqualTo(2);
    assertThat(bench.text()).startsWith(line).hasLineCount(1);
    Path results = folder.resolve("results");
    assertThat(Files.exists(results) ? Bench.runs(folder) : List.of()).isEmpty();
  }

  private Path onlyRun() throws IOException {
    List<Path> runs = Bench.runs(folder);
    assertThat(runs).hasSize(1);
    return runs.get(0);
  }

  private static void verify(Path run, String host, int cells) throws IOException {
    RunFiles files = RunFiles.open(run);
    assertThat(files.manifest().host()).isEqualTo(host);
    assertThat(files.cells()).hasSize(cells);
    CellResult cell = files.cells().get(cells - 1);
    assertThat(cell.failure()).isNull();
    assertThat(cell.outcomes().good()).isPositive();
    // The machine may be busy; the bookkeeping may not be wrong.
    assertThat(cell.checks())
        .filteredOn(check -> check.bound().startsWith("= ") || check.bound().startsWith("0 to "))
        .hasSizeGreaterThanOrEqualTo(8)
        .allMatch(Check::ok);
    Path raw = run.resolve("cells").resolve(cell.id());
    assertThat(raw.resolve("client.csv")).isNotEmptyFile();
    assertThat(raw.resolve("server.csv")).isNotEmptyFile();
    assertThat(raw.resolve("latency.hlog")).isNotEmptyFile();
    assertThat(run.resolve(String.valueOf(cell.gatlingReport()))).isNotEmptyFile();
    assertThat(run.resolve("capacity.json")).isNotEmptyFile();
    assertThat(run.resolve("summary.csv")).isNotEmptyFile();
    assertThat(Files.readString(run.resolve("report.html"))).contains("NOT EVIDENCE");
    assertThat(run.resolve("REPORT.md")).isNotEmptyFile();
    assertThat(run.resolve("env-after.json")).isNotEmptyFile();
    Verification verification = Verification.of(run);
    assertThat(verification.differences()).isEmpty();
    assertThat(verification.recomputed()).isEqualTo(cells);
  }

  private static List<String> with(List<String> arguments, String... more) {
    List<String> all = new ArrayList<>(arguments);
    for (int i = 0; i < more.length; i += 2) {
      int known = all.indexOf(more[i]);
      if (known >= 0) {
        all.set(known + 1, more[i + 1]);
      } else {
        all.addAll(List.of(more[i], more[i + 1]));
      }
    }
    return all;
  }

  /** All that the live page of a bench tells until it ends. */
  private static CompletableFuture<HttpResponse<String>> events(Bench bench) {
    String url = bench.text().lines().filter(l -> l.startsWith("live: ")).findFirst().orElseThrow();
    URI page = URI.create(url.substring("live: ".length()));
    return HttpClient.newHttpClient()
        .sendAsync(
            HttpRequest.newBuilder(page.resolve("events")).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static void interrupt(Process process) throws Exception {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  private static boolean engineAnswers() throws Exception {
    try {
      return new ProcessBuilder("docker", "info")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text.trim();
  }
}
