package shedlab.bench.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.experiment.Plan;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Host;
import shedlab.bench.host.HostException;
import shedlab.bench.host.ServerSettings;
import shedlab.bench.run.Goal;
import shedlab.bench.run.Progress;
import shedlab.bench.run.Runner;
import shedlab.bench.run.SmallRun;
import shedlab.report.Project;
import shedlab.report.Report;
import shedlab.report.result.CellResult;
import shedlab.report.result.RunFiles;
import shedlab.report.verify.Verification;

/** Whole runs of servers that are not ours. What they measure is no evidence. */
class TargetRunIT {
  private static final CpuSplit CPUS = SmallRun.CPUS;
  private static final int SESSION_AFTER_NAME = 3;

  @TempDir private Path folder = Path.of("");

  private Path target(String name, String start) throws IOException {
    Path its = Files.createDirectories(folder.resolve(Targets.FOLDER).resolve(name));
    Files.writeString(
        its.resolve("target.properties"),
        "title = a server of the tests\nwork = /do?n={units}\nhealth = /ready\nshed = 503\n"
            + "limits = 1\nstart = "
            + start
            + "\n");
    return its;
  }

  /** A folder whose server is one of the tests, in a JVM of its own. */
  private void tinyTarget() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    script(
        target("tiny", "./serve.sh").resolve("serve.sh"),
        "exec "
            + java
            + " -Xmx64m -cp "
            + System.getProperty("java.class.path")
            + " "
            + TinyTarget.class.getName());
  }

  private static void script(Path file, String command) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + command + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** Of all processes of this machine: a target's have the number of its first. */
  private static List<String> sessions() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("[0-9]+"))
          .map(TargetRunIT::session)
          .toList();
    }
  }

  private static String session(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      String[] afterName = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      boolean zombie =
          afterName[0].equals("Z"); // it has ended; its parent, init, has not looked yet
      return zombie ? "ended" : afterName[SESSION_AFTER_NAME];
    } catch (IOException e) {
      return "ended"; // meanwhile
    }
  }

  private Host host(Targets targets) {
    return new TargetHost(
        SmallRun.host(folder.resolve("scratch")),
        targets,
        CPUS,
        folder.resolve("scratch"),
        "",
        List.of());
  }

  private RunFiles run(String server, String load, String warmUp) throws IOException {
    Targets targets = Targets.of(folder, List.of(server));
    Experiment experiment =
        Experiment.load(
            Project.file("gatling/experiments/overload.properties"),
            "smoke",
            Map.of(
                "servers",
                server,
                "loads",
                load,
                "warm-up",
                warmUp,
                "lead-in",
                "1s",
                "task-units",
                Integer.toString(SmallRun.UNITS)));
    Plan plan =
        Plan.of(
            experiment,
            CPUS.server().size(),
            17,
            texts -> List.of(),
            targets.strategies(experiment.servers()),
            Map.of());
    try (Host host = host(targets)) {
      RunFiles files =
          RunFiles.create(
              folder.resolve("run"),
              plan.manifest("run", List.of(), Plan.Place.of(host, CPUS), SmallRun.UNITS),
              Map.of());
      new Runner(plan, new Goal(plan, files), SmallRun.UNITS, CPUS, host, files, new Silent())
          .run();
      files.endedAfter(1);
      Report.write(files.folder());
      return files;
    }
  }

  private static final class Silent implements Progress {
    @Override
    public void phase(String what) {}

    @Override
    public void load(shedlab.report.raw.Progress report) {}

    @Override
    public void finished(CellResult cell, String verdict) {}
  }

  @Test
  void aProgramIsMeasuredWithItsOwnLimitAndWithOthersAndNothingIsLeftRunning() throws Exception {
    tinyTarget();
    // Far beyond the capacity, however cold the server was when that was measured.
    RunFiles files = run("tiny", "8", "1s");

    assertThat(files.cells())
        .extracting(CellResult::strategy)
        .containsExactlyInAnyOrder("own", "own:limit=1");
    assertThat(files.cells())
        .allSatisfy(
            cell -> {
              assertThat(cell.judgement().failure()).isNull();
              assertThat(cell.clientSide().outcomes().shed()).isPositive();
              assertThat(cell.clientSide().outcomes().other()).isZero();
              assertThat(cell.clientSide().outcomes().ok()).isPositive();
              assertThat(cell.serverSide().cpuShare()).isPositive();
              assertThat(cell.serverSide().meanInflight()).isNull();
              assertThat(cell.serverSide().use()).isNotNull();
            });
    assertThat(files.cells())
        .flatExtracting(cell -> cell.judgement().checks())
        .filteredOn(check -> check.name().equals("server: counts"))
        .hasSize(2)
        .allMatch(check -> check.value().equals("not told by the server"));
    assertThat(Verification.of(files.folder()).differences()).isEmpty();
    List<String> started =
        Files.readAllLines(folder.resolve(Targets.FOLDER).resolve("tiny").resolve("pids"));
    assertThat(started).hasSizeGreaterThanOrEqualTo(2);
    assertThat(sessions()).doesNotContainAnyElementsOf(started);
  }

  @Test
  void aPageThatNobodyHereWroteIsMeasuredAndWhatIsNotKnownIsSaid() throws Exception {
    HttpServer page =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    page.setExecutor(Executors.newFixedThreadPool(4));
    page.createContext(
        "/page",
        exchange -> {
          byte[] body = "hello\n".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    page.start();
    try {
      String url = "url:http://127.0.0.1:" + page.getAddress().getPort() + "/page";
      RunFiles files = run(url, "0.1", "0s");

      assertThat(files.cells())
          .singleElement()
          .satisfies(
              cell -> {
                assertThat(cell.judgement().failure()).isNull();
                assertThat(cell.clientSide().outcomes().ok()).isPositive();
                assertThat(cell.serverSide().cpuShare()).isNull();
                assertThat(cell.serverSide().use()).isNull();
              });
      assertThat(Verification.of(files.folder()).differences()).isEmpty();
    } finally {
      page.stop(0);
    }
  }

  private void refused(String name, String message) throws IOException {
    Targets targets = Targets.of(folder, List.of(name));
    try (Host host = host(targets)) {
      assertThatThrownBy(() -> host.startServer(ServerSettings.of(name, "own", 1, 1, Map.of())))
          .isInstanceOf(HostException.class)
          .hasMessageContaining(message)
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aProgramThatEndsIsRefusedWithItsLastLine() throws Exception {
    Path its = target("broken", "./fail.sh");
    script(its.resolve("fail.sh"), "echo no luck\nexit 3");
    refused("broken", "broken: ended (expected: to serve; its last line: no luck)");
  }

  @Test
  void aProgramThatIsMissingIsNamed() throws Exception {
    Path its = target("needy", "./serve");
    Files.writeString(
        its.resolve("target.properties"), "title = x\nneeds = no-such-program\nstart = ./serve\n");
    refused("needy", "needy: no-such-program: missing (expected: on the PATH");
  }

  @Test
  void aBuildThatFailsIsRefusedWithItsLastLine() throws Exception {
    Path its = target("unbuilt", "./serve");
    Files.writeString(
        its.resolve("target.properties"),
        "title = x\nbuild = ls /no/such/folder\nstart = ./serve\n");
    refused("unbuilt", "unbuilt: ls /no/such/folder: code 2 (expected: code 0; its last line: ");
  }
}
