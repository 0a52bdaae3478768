package shedlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import shedlab.bench.container.ContainerHost;
import shedlab.bench.container.Docker;
import shedlab.report.NotRun;
import shedlab.report.Project;
import shedlab.report.result.CpuList;

/** The settings of a host reach the server, and nothing of them is left afterwards. */
class ServerSettingsIT {
  private static final Distributions BUILT = Distributions.of(Project.root());
  private static final CpuSplit CPUS = CpuSplit.ofThisMachine();

  private static ServerSettings placed(String taskOn, String gateOn, int ioNice) {
    return ServerSettings.of(
        "netty",
        "fixed:limit=4",
        20,
        4,
        Map.of("task-on", taskOn, "gate-on", gateOn, "io-nice", Integer.toString(ioNice)));
  }

  private static void isPlaced(RunningServer server, String taskOn, String gateOn, int ioNice)
      throws Exception {
    JsonNode ready = server.configuration();
    assertThat(ready.path("taskOn").asText()).isEqualTo(taskOn);
    assertThat(ready.path("gateOn").asText()).isEqualTo(gateOn);
    assertThat(ready.path("ioNice").asInt()).isEqualTo(ioNice);
    assertThat(ready.path("ioCpu").asText()).isEqualTo("shared");
    assertThat(status(server)).isEqualTo(200);
  }

  private static int status(RunningServer server) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.url().resolve("/work"))
                .timeout(Duration.ofSeconds(10))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void processesArePlacedAndRunOnTheJavaThatIsNamed(@TempDir Path folder) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path named = Files.writeString(folder.resolve("java"), "#!/bin/sh\nexec " + java + " \"$@\"");
    assertThat(named.toFile().setExecutable(true)).isTrue();
    try (ProcessHost host = new ProcessHost(BUILT, CPUS, folder, named.toString())) {
      assertThat(host.image()).isEqualTo(named.toString());
      try (RunningServer server = host.startServer(placed("workers", "pool", 3))) {
        isPlaced(server, "workers", "pool", 3);
        assertThat(
                ProcessHandle.current()
                    .descendants()
                    .filter(child -> child.pid() == server.configuration().path("pid").asLong()))
            .hasSize(1);
      }
    }
    assertThatThrownBy(() -> new ProcessHost(BUILT, CPUS, folder, "/no/java"))
        .hasMessage("server-java: /no/java (expected: a java executable)");
  }

  @Test
  void theServersOwnMessageSaysWhyItDoesNotStart(@TempDir Path folder) {
    try (ProcessHost host = new ProcessHost(BUILT, CPUS, folder)) {
      assertThatThrownBy(() -> host.startServer(placed("io", "pool", 0)))
          .hasMessageEndingWith(
              "gate-on: pool (expected: io; with task-on io nothing is handed off)");
    }
  }

  @Test
  void aNeighbourTakesCpuFromAProcessUntilTheShareIsWholeOrTheServerIsClosed(@TempDir Path folder)
      throws Exception {
    NotRun.unless(
        Files.isExecutable(Path.of("/usr/bin/taskset")), "CI", "a neighbour's CPUs: no taskset");
    try (ProcessHost host = new ProcessHost(BUILT, CPUS, folder)) {
      ProcessHandle last;
      try (RunningServer server = host.startServer(placed("workers", "io", 0))) {
        server.cpuShare(0.5);
        ProcessHandle first = antagonist();
        assertThat(cpusAllowed(first)).isEqualTo(CPUS.server());
        Duration before = first.info().totalCpuDuration().orElseThrow();
        await("it computes")
            .until(
                () ->
                    first.info().totalCpuDuration().orElseThrow().minus(before).toMillis() >= 100);
        assertThat(status(server)).isEqualTo(200);
        server.cpuShare(1);
        assertThat(first.isAlive()).isFalse();
        assertThatThrownBy(() -> server.cpuShare(0.1))
            .hasMessage("cpu-share: 0.1 (expected: a number from 0.2 to 1)");
        server.cpuShare(0.25);
        last = antagonist();
      }
      assertThat(last.isAlive()).isFalse();
    }
  }

  private static ProcessHandle antagonist() {
    return ProcessHandle.current()
        .descendants()
        .filter(ProcessHandle::isAlive)
        .filter(
            child -> List.of(child.info().arguments().orElse(new String[0])).contains("antagonist"))
        .findFirst()
        .orElseThrow();
  }

  private static List<Integer> cpusAllowed(ProcessHandle process) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("Cpus_allowed_list:")) {
        return CpuList.parse(line.substring(line.indexOf(':') + 1)).cpus();
      }
    }
    throw new AssertionError("no Cpus_allowed_list");
  }

  @Test
  void containersArePlacedRaisedAndThrottled() throws Exception {
    String image = System.getenv().getOrDefault("SHEDLAB_IMAGE", "");
    boolean settled = System.getenv("TESTCONTAINERS_RYUK_DISABLED") != null; // by make
    NotRun.unless(
        !image.isEmpty() && settled && Docker.answers(),
        "REQUIRE_CONTAINERS",
        "placement in containers: no Docker engine answers, or no image is named");
    try (ContainerHost host = new ContainerHost(BUILT, CPUS, image, image);
        RunningServer server = host.startServer(placed("workers", "workers", -5))) {
      isPlaced(server, "workers", "workers", -5);
      server.cpuShare(0.5);
      assertThat(quota()).isEqualTo(CPUS.server().size() * 5_000L);
      for (int i = 0; i < 100 && throttled(server) == 0; i++) { // each more than one quota
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.url().resolve("/work?units=50000")).build(),
                HttpResponse.BodyHandlers.discarding());
      }
      assertThat(throttled(server)).isPositive();
      server.cpuShare(1);
      assertThat(quota()).isEqualTo(-1);
      assertThat(status(server)).isEqualTo(200);
    }
  }

  /** The engine's own description of the only running server. */
  private static long quota() {
    var docker = DockerClientFactory.instance().client();
    String own = Long.toString(ProcessHandle.current().pid());
    String id =
        docker.listContainersCmd().exec().stream()
            .filter(container -> own.equals(container.getLabels().get("shedlab.pid")))
            .findFirst()
            .orElseThrow()
            .getId();
    Long quota = docker.inspectContainerCmd(id).exec().getHostConfig().getCpuQuota();
    return quota == null ? 0 : quota;
  }

  private static long throttled(RunningServer server) {
    String csv = server.samples();
    List<String> rows = csv.substring(0, csv.lastIndexOf('\n')).lines().toList();
    int column = List.of(rows.get(0).split(",", -1)).indexOf("throttled_periods");
    String last = rows.get(rows.size() - 1).split(",", -1)[column];
    return last.isEmpty() ? 0 : Long.parseLong(last);
  }
}
