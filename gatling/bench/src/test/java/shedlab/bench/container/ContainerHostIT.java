package shedlab.bench.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shedlab.bench.container.DockerCommand.docker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.HostException;
import shedlab.bench.host.RunningServer;
import shedlab.bench.host.ServerSettings;
import shedlab.bench.setting.JvmArchive;
import shedlab.load.LoadProfile.Segment;
import shedlab.report.NotRun;
import shedlab.report.Project;
import shedlab.report.raw.ClientBehaviour;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;

/** What a host of containers removes and what it does not, and what it says of images. */
class ContainerHostIT {
  private static final Distributions BUILT = Distributions.of(Project.root());
  private static final CpuSplit CPUS = CpuSplit.ofThisMachine();
  private static final String IMAGE = System.getenv().getOrDefault("SHEDLAB_IMAGE", "");

  private final List<String> containers = new ArrayList<>();
  private final List<String> images = new ArrayList<>();

  @BeforeEach
  void anEngineIsThere() {
    boolean settled = System.getenv("TESTCONTAINERS_RYUK_DISABLED") != null; // by make
    NotRun.unless(
        !IMAGE.isEmpty() && settled && Docker.answers(),
        "REQUIRE_CONTAINERS",
        "what containers leave behind: no Docker engine answers, or no image is named");
  }

  @AfterEach
  void removeAll() throws Exception {
    for (String container : containers) {
      docker("rm", "-f", container);
    }
    for (String image : images) {
      docker("rmi", image);
    }
  }

  @Test
  void onlyContainersOfARunnerThatIsKnownToHaveEndedAreSwept() throws Exception {
    RunnerId self = RunnerId.ofThisProcess().orElseThrow();
    String dead =
        create(
            "shedlab.runner-id=" + new RunnerId(self.boot(), self.namespace(), self.user(), 1, 1));
    String alive = create("shedlab.runner-id=" + self);
    String elsewhere =
        create(
            "shedlab.runner-id=" + new RunnerId(self.boot(), "pid:[1]", self.user(), 999_999, 1));
    String ofAnEarlierVersion = create("shedlab.runner=999999");

    Docker.connect();

    assertThat(docker("ps", "-aq", "--no-trunc").lines())
        .contains(alive, elsewhere, ofAnEarlierVersion)
        .doesNotContain(dead);
  }

  @Test
  void anImagesOwnEntryPointDoesNotMatter() throws Exception {
    String image = commit("shedlab-test-entrypoint", "ENTRYPOINT [\"java\"]");
    try (ContainerHost host = new ContainerHost(BUILT, CPUS, image)) {
      assertThatCode(host::injector).doesNotThrowAnyException();
      assertThat(host.injector().pids()).isNotEmpty();
    }
  }

  @Test
  void theEnginesOwnMessageSaysWhyAContainerDidNotStart() throws Exception {
    String image = commit("shedlab-test-no-java", "ENV PATH=/nowhere");
    try (ContainerHost host = new ContainerHost(BUILT, CPUS, image)) {
      ServerSettings settings = ServerSettings.of("netty", "fixed:limit=4", 20, 2, Map.of());
      assertThatThrownBy(() -> host.startServer(settings))
          .isInstanceOf(HostException.class)
          .hasMessageStartingWith("server: ")
          .hasMessageContainingAll("java", "executable file not found", "(expected: ready within ");
    }
    assertThatThrownBy(() -> ContainerHost.tryOut(BUILT, CPUS, image))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("executable file not found");
  }

  @Test
  void severalLoadGeneratorsPlayOneLoadInContainersOfTheirOwn(@TempDir Path folder)
      throws Exception {
    ServerSettings settings =
        new ServerSettings(
            "netty", "fixed:limit=4", 20, 2, Map.of(), true, null, true, JvmArchive.NONE, false);
    String image = commit("shedlab-test-quick", QuickImage.JVM);
    try (ContainerHost host = new ContainerHost(BUILT, CPUS.sharedBy(2), image);
        RunningServer server = host.startServer(settings)) {
      LoadJob job =
          new LoadJob(
              "together",
              server.workAddress(),
              List.of(new Segment(100, 2)),
              "poisson",
              7,
              20,
              "deterministic",
              250,
              10_000, // a cold generator sees answers late, and nobody gives up
              0,
              false,
              ClientBehaviour.PLAIN);

      LoadResult result = host.injector().run(job, folder, report -> {});

      assertThat(host.injector().pids()).hasSize(2).doesNotHaveDuplicates();
      assertThat(result.generators()).hasSize(2);
      assertThat(result.whole().started()).isEqualTo(job.schedule().size());
      assertThat(result.whole().outcomes().ok()).isPositive();
      assertThat(server.recording(folder.resolve("recordings")))
          .hasValueSatisfying(copied -> assertThat(copied).isDirectoryContaining("glob:**.jfr"));
    }
  }

  private String create(String label) throws Exception {
    String id = docker("create", "--label", label, IMAGE, "true");
    containers.add(id);
    return id;
  }

  private String commit(String name, String change) throws Exception {
    docker("commit", "--change", change, create("shedlab.test=image"), name);
    images.add(name);
    return name;
  }
}
