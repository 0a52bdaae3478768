package shedlab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.NotRun;
import shedlab.report.result.CellKey;
import shedlab.report.result.CellResult;
import shedlab.report.result.RunFiles;
import shedlab.report.result.SampleRun;

/**
 * The faults that a run survives, with real processes that are killed. Each test has its own run;
 * tests of the end of a run begin with a copy of one that already has three of its four cells.
 */
class FaultsIT {
  private static final String UNDISTURBED = "netty-1-fixed-0.3x-r1";
  private static final String SERVER_KILLED = "netty-1-fixed-0.4x-r1";
  private static final String INJECTOR_KILLED = "netty-1-fixed-0.5x-r1";
  private static final String LAST = "netty-1-fixed-0.6x-r1";

  /** Time for everything before a cell begins, above all a calibration on a busy machine. */
  private static final int SOON = 240;

  /** Cold servers, and time enough for answers of theirs on a busy machine. */
  private static final String SETTINGS = "warm-up=0s measure=3s deadline=2s timeout=4s";

  /** Its run was killed while it calibrated and then got the records of three cells. */
  @TempDir
  @SuppressWarnings("NullAway.Init") // by JUnit
  private static Path unfinished;

  @TempDir private Path folder = Path.of("");

  private static Bench start(Path folder, String... more) throws IOException {
    return Bench.start(
        folder,
        Bench.QUICK,
        Bench.tiny("--host", "processes", "--loads", "0.3 0.4 0.5 0.6", "--set", SETTINGS),
        more);
  }

  @BeforeAll
  static void aRunIsUnfinished() throws Exception {
    Bench bench = start(unfinished);
    bench.awaitOutput("calibrating", SOON);
    List<ProcessHandle> children = bench.process().descendants().toList();
    kill(bench.process().toHandle());
    assertAllEnd(children);
    Path folder = Bench.onlyRun(unfinished);
    Files.writeString(
        folder.resolve(RunFiles.CAPACITY),
        """
        {"netty": {"perSecond": 160.0, "low": 156.0, "high": 164.0, "cpuShare": 0.97}}
        """);
    RunFiles run = RunFiles.open(folder);
    for (String id : List.of(UNDISTURBED, SERVER_KILLED, INJECTOR_KILLED)) {
      double load = Double.parseDouble(id.replaceAll(".*-(0[.][0-9])x-r1", "$1"));
      CellResult like = SampleRun.cell("netty", "fixed:limit=1", load, 1, new Random(7));
      CellKey key = new CellKey(id, "netty", "fixed:limit=4", "", load, 1, 1, 1);
      run.append(CellResult.of(key, 160, like.clientSide(), like.serverSide(), like.judgement()));
    }
  }

  @Test
  void killedServersAndLoadGeneratorsCostAnAttemptCtrlCNoFinishedCellAndTheSameCommandGoesOn()
      throws Exception {
    Bench bench = start(folder);
    bench.awaitOutput(SERVER_KILLED, SOON);
    kill(child(bench, "servers.jar"));
    bench.awaitOutput(INJECTOR_KILLED, SOON);
    kill(child(bench, "injector.jar"));
    bench.awaitOutput(LAST, SOON);
    List<ProcessHandle> children = bench.process().descendants().toList();
    assertThat(children).hasSizeGreaterThanOrEqualTo(2);
    assertThat(succeeds("kill", "-INT", Long.toString(bench.process().pid()))).isTrue();

    assertThat(bench.exitCode(20)).describedAs(bench.text()).isEqualTo(130);
    assertThat(bench.text()).contains("Stopped: 3 of 4 cells are kept in");
    assertAllEnd(children);
    List<CellResult> cells = RunFiles.open(onlyRun()).cells();
    assertThat(cells)
        .extracting(c -> c.key().id())
        .containsExactly(UNDISTURBED, SERVER_KILLED, INJECTOR_KILLED);
    assertThat(cells).allMatch(cell -> cell.judgement().failure() == null);
    assertThat(cells).extracting(c -> c.key().attempt()).containsExactly(1, 2, 2);
    // The first attempts are still recorded, with their causes.
    List<String> failed =
        Files.readAllLines(onlyRun().resolve("cells.jsonl")).stream()
            .filter(line -> line.contains("\"attempt\":1") && line.contains("\"failure\":\""))
            .toList();
    assertThat(failed).hasSize(2);
    assertThat(failed.get(0)).contains(SERVER_KILLED);
    assertThat(failed.get(1)).contains(INJECTOR_KILLED, "injector: ");

    byte[] finished = cells();
    Bench second = start(folder, "--live", "1");
    second.awaitOutput("live: http://127.0.0.1:", 60);
    CompletableFuture<HttpResponse<String>> events = events(second);
    // On a busy machine no cell may be valid.
    assertThat(second.exitCode(SOON)).describedAs(second.text()).isIn(0, ShedlabMain.NO_ANSWER);
    assertThat(second.text())
        .contains("host        pinned processes", "(3 already measured)")
        .containsPattern("a cell took [0-9.]+ s besides its load and warm-up");
    assertThat(events.get(10, TimeUnit.SECONDS).body())
        .contains("\"phase\":\"warming up netty fixed:limit=4\"", "\"done\":3,\"total\":4")
        .contains("\"name\":\"" + LAST + "\"", "\"ended\":true");
    assertThat(second.process().descendants()).isEmpty();
    assertThat(Arrays.copyOf(cells(), finished.length)).isEqualTo(finished);
    Bench.verify(onlyRun(), "processes", 4);
  }

  @Test
  void aKilledRunnerLeavesNothingRunningAndFinishedCellsBitForBitAndAChangeIsTold()
      throws Exception {
    Bench.copyRuns(unfinished, folder);
    byte[] finished = cells();
    beginWithAnotherKernel();
    Bench bench = start(folder);
    bench.awaitOutput(LAST, SOON);
    assertThat(bench.text()).contains("WARNING     otherwise than when the run began: kernel\n");
    await().until(() -> bench.process().descendants().count() >= 2);
    List<ProcessHandle> children = bench.process().descendants().toList();
    kill(bench.process().toHandle());
    assertAllEnd(children);
    assertThat(bench.text()).contains("(3 already measured)");
    assertThat(cells()).isEqualTo(finished);
  }

  @Test
  void aFullDiskEndsTheRunInOneLineAndNothingFinishedIsLost() throws Exception {
    Path results = Files.createDirectory(folder.resolve("results"));
    boolean small = succeeds("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", results.toString());
    NotRun.unless(small, "CI", "a full disk: no right to mount a small file system");
    try {
      Bench.copyRuns(unfinished, folder);
      byte[] finished = cells();
      Bench bench = start(folder);
      bench.awaitOutput(LAST, SOON);
      fill(results);
      assertThat(bench.exitCode(SOON)).describedAs(bench.text()).isNotZero();
      assertThat(bench.text().lines().filter(line -> line.startsWith("\tat "))).isEmpty();
      assertThat(bench.text()).contains("No space left on device");
      assertThat(bench.process().descendants()).isEmpty();
      assertThat(cells()).isEqualTo(finished);
    } finally {
      assertThat(succeeds("umount", results.toString())).isTrue();
    }
  }

  /** As if the machine had been updated since. */
  private void beginWithAnotherKernel() throws IOException {
    Path env = onlyRun().resolve("env.json");
    String other = Files.readString(env).replaceFirst("(\"kernel\" *: *)\"[^\"]*\"", "$1\"4.19\"");
    Files.writeString(env, other);
  }

  private byte[] cells() throws IOException {
    return Files.readAllBytes(onlyRun().resolve("cells.jsonl"));
  }

  /** Everything that the live page of a bench shows until it ends. */
  private static CompletableFuture<HttpResponse<String>> events(Bench bench) {
    String url = bench.text().lines().filter(l -> l.startsWith("live: ")).findFirst().orElseThrow();
    URI page = URI.create(url.substring("live: ".length()));
    return HttpClient.newHttpClient()
        .sendAsync(
            HttpRequest.newBuilder(page.resolve("events")).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** Fills the small file system. */
  private static void fill(Path results) {
    byte[] block = new byte[1 << 12];
    try (var out = Files.newOutputStream(results.resolve("filler"))) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // Full.
    }
  }

  private static boolean succeeds(String... command) throws Exception {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static ProcessHandle child(Bench bench, String jar) {
    return bench
        .process()
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains(jar))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + jar + " runs:\n" + bench.text()));
  }

  private static void kill(ProcessHandle process) throws Exception {
    assertThat(succeeds("kill", "-KILL", Long.toString(process.pid()))).isTrue();
  }

  private static void assertAllEnd(List<ProcessHandle> children) throws Exception {
    for (ProcessHandle child : children) {
      child.onExit().get(15, TimeUnit.SECONDS);
    }
  }

  private Path onlyRun() throws IOException {
    return Bench.onlyRun(folder);
  }
}
