package shedlab.bench.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shedlab.bench.container.DockerCommand.docker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.container.Docker;
import shedlab.bench.control.ServerControl;
import shedlab.bench.host.Host;
import shedlab.bench.host.HostException;
import shedlab.bench.host.RunningServer;
import shedlab.bench.host.ServerSettings;
import shedlab.bench.run.SmallRun;
import shedlab.report.NotRun;
import shedlab.report.Project;
import shedlab.task.CpuTask;

/** A target that is an image, in a real engine. */
class ImageTargetIT {
  private static final String JRE = System.getenv().getOrDefault("SHEDLAB_IMAGE", "");
  private static final String IMAGE = "shedlab-test-target";
  private static final String PORT = "9090";

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void anImageIsThere() throws Exception {
    boolean settled = System.getenv("TESTCONTAINERS_RYUK_DISABLED") != null; // by make
    NotRun.unless(
        !JRE.isEmpty() && settled && Docker.answers(),
        "REQUIRE_CONTAINERS",
        "a target of an image: no Docker engine answers, or no image is named");
    Path classes = folder.resolve("classes/shedlab/bench/targets");
    Files.createDirectories(classes);
    String tiny = TinyTarget.class.getSimpleName() + ".class";
    try (var bytes = TinyTarget.class.getResourceAsStream(tiny)) {
      Files.write(classes.resolve(tiny), bytes.readAllBytes());
    }
    String task =
        Path.of(CpuTask.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    String container = docker("create", JRE, "true");
    docker("cp", folder.resolve("classes").toString(), container + ":/classes");
    docker("cp", task, container + ":/task");
    String command =
        "CMD [\"java\",\"-cp\",\"/classes:/task\",\"" + TinyTarget.class.getName() + "\"]";
    docker("commit", "-c", command, "-c", "EXPOSE " + PORT, container, IMAGE);
    docker("rm", container);
  }

  @AfterEach
  void removeIt() throws Exception {
    docker("rmi", "-f", IMAGE);
  }

  private Host host(String word) {
    return new TargetHost(
        SmallRun.host(folder.resolve("scratch")),
        Targets.of(Project.root(), List.of(word)),
        SmallRun.CPUS,
        folder.resolve("scratch"),
        "",
        List.of());
  }

  @Test
  void runsOnTheServersCpusIsWatchedAndIsGoneInTheEnd() throws Exception {
    String word = "image:" + IMAGE;
    String running;
    try (Host host = host(word);
        RunningServer server =
            host.startServer(ServerSettings.of(word, "own", 1_000, 4, Map.of()))) {
      assertThat(server.url().getPort()).isEqualTo(Integer.parseInt(PORT));
      running = docker("ps", "-q", "--filter", "ancestor=" + IMAGE);
      assertThat(docker("inspect", "-f", "{{.HostConfig.CpusetCpus}}", running))
          .isEqualTo(SmallRun.CPUS.serverList());
      ServerControl control = ServerControl.of(server);
      assertThat(control.serviceSeconds(1_000)).isPositive();
      assertThat(control.cpuSeconds().orElse(0)).isPositive();
      assertThat(server.samples()).startsWith("epoch_micros,cpu_micros\n");
    }
    assertThat(docker("ps", "-aq", "--filter", "ancestor=" + IMAGE)).isEmpty();
    assertThat(running).isNotEmpty();
  }

  @Test
  void anImageThatIsNotThereIsNamedInOneLine() {
    String word = "image:shedlab-no-such-image:1";
    try (Host host = host(word)) {
      assertThatThrownBy(() -> host.startServer(ServerSettings.of(word, "own", 1_000, 4, Map.of())))
          .isInstanceOf(HostException.class)
          .hasMessageStartingWith("image: shedlab-no-such-image:1 (expected: present or pullable")
          .hasMessageNotContaining("\n");
    }
  }
}
