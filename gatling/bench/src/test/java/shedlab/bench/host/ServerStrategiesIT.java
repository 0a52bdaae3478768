package shedlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.experiment.Plan;
import shedlab.report.Project;

/** Strategies that only the servers' distribution has, from their names to a running server. */
class ServerStrategiesIT {
  private static final Distributions BUILT = Distributions.of(Project.root());

  @Test
  void areKnownByTheirCanonicalTextAndTheServersThatRunThem() {
    assertThat(BUILT.strategies(List.of("netflix-vegas", "native:queue=16,limit=4", "none")))
        .containsExactly(
            new KnownStrategy(
                "netflix-vegas:initial=20,max=1000,alpha=3,beta=6,smoothing=1.0,probe=30",
                List.of("undertow", "jetty", "netty")),
            new KnownStrategy("native:limit=4,queue=16", List.of("undertow", "jetty")),
            new KnownStrategy("none", List.of("undertow", "jetty", "netty")));
  }

  @Test
  void areRefusedInTheDistributionsOwnWords() {
    assertThatThrownBy(() -> BUILT.strategies(List.of("none", "fixed:limit=0")))
        .isInstanceOf(HostException.class)
        .hasMessage("limit: 0 (expected: a whole number from 1 to 2097151)");
  }

  @Test
  void arePlannedStartedAndAnswer(@TempDir Path folder) throws Exception {
    Experiment asked =
        Experiment.load(
            Project.file("gatling/experiments/overload.properties"),
            "smoke",
            Map.of(
                "servers", "undertow jetty netty",
                "strategies", "netflix-vegas native:limit=4,queue=16",
                "loads", "0.5"));
    Plan plan = Plan.of(asked, 1, 17, BUILT::strategies);
    assertThat(plan.groups()).hasSize(5);
    try (ProcessHost host = new ProcessHost(BUILT, CpuSplit.ofThisMachine(), folder)) {
      for (Plan.Group group : plan.groups()) {
        ServerSettings settings =
            ServerSettings.of(group.server(), group.cells().get(0).strategy(), 20, 2, Map.of());
        try (RunningServer server = host.startServer(settings)) {
          assertThat(server.configuration().path("strategy").asText())
              .isEqualTo(group.cells().get(0).strategy());
          assertThat(get(server.url().resolve("/work"))).isEqualTo(200);
        }
      }
    }
  }

  /** As somebody has it who dropped a jar into the folder of plug-ins. */
  @Test
  void mayComeFromAJarOfSomebodyElse(@TempDir Path folder) throws Exception {
    Path jar = Project.file("strategies/example/target/strategy-example-1.0.0.jar");
    Path plugIns = Files.createDirectory(folder.resolve("their plug-ins"));
    Files.copy(jar, plugIns.resolve("example.jar"));
    Distributions extended = new Distributions(BUILT.servers(), BUILT.injector(), plugIns);

    KnownStrategy known = extended.strategies(List.of("doubling:max=8")).get(0);
    assertThat(known.text()).isEqualTo("doubling:max=8,timeout=100ms");
    try (ProcessHost host = new ProcessHost(extended, CpuSplit.ofThisMachine(), folder)) {
      for (String kind : known.servers()) {
        try (RunningServer server =
            host.startServer(ServerSettings.of(kind, known.text(), 20, 2, Map.of()))) {
          assertThat(get(server.url().resolve("/work"))).isEqualTo(200);
        }
      }
    }
    assertThatThrownBy(() -> BUILT.strategies(List.of("doubling:max=8")))
        .hasMessageStartingWith("strategy: doubling (expected: one of ");
  }

  private static int get(URI url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
