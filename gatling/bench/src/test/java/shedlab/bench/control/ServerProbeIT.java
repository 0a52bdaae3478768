package shedlab.bench.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.control.ServerControl.Admits;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.HostException;
import shedlab.bench.host.ProcessHost;
import shedlab.bench.host.RunningServer;
import shedlab.bench.host.ServerSettings;
import shedlab.report.Project;

/** The checks of a server before it is measured. */
class ServerProbeIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void aServerThatWorksHasToAnswer200AndOneThatAdmitsNobody429() throws Exception {
    try (ProcessHost host =
        new ProcessHost(Distributions.of(Project.root()), CpuSplit.ofThisMachine(), folder)) {
      try (RunningServer server = host.startServer(settings("fixed:limit=4"))) {
        ServerProbe probe = new ServerProbe(server.url());
        assertThatCode(() -> probe.verifyContract(Admits.EVERYBODY)).doesNotThrowAnyException();
        assertThatThrownBy(() -> probe.verifyContract(Admits.NOBODY))
            .isInstanceOf(HostException.class)
            .hasMessageStartingWith("GET /work?units=1: 200 ")
            .hasMessageEndingWith("(expected: 429 with a Shedlab-Reason)");
      }
      try (RunningServer server = host.startServer(settings("reject-all+none"))) {
        ServerProbe probe = new ServerProbe(server.url());
        assertThatCode(() -> probe.verifyContract(Admits.NOBODY)).doesNotThrowAnyException();
        assertThatThrownBy(() -> probe.verifyContract(Admits.EVERYBODY))
            .isInstanceOf(HostException.class)
            .hasMessageStartingWith("GET /work?units=1: 429 ");
      }
    }
  }

  @Test
  void whetherAStrategyAdmitsIsNoPartOfTheContract() throws Exception {
    try (ProcessHost host = host();
        RunningServer server = host.startServer(settings("bucket:rate=2/s+none"))) {
      ServerProbe probe = new ServerProbe(server.url());
      for (int i = 0; i < 3; i++) { // by now its one token is gone
        assertThatCode(() -> probe.verifyContract(Admits.SOME)).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void aResetWaitsUntilASlowServerHasWorkedOffItsBacklog() throws Exception {
    try (ProcessHost host = host();
        RunningServer server = host.startServer(settings("none"))) {
      ServerProbe probe = new ServerProbe(server.url());
      HttpClient clients = HttpClient.newHttpClient();
      List<CompletableFuture<HttpResponse<Void>>> answers = new ArrayList<>();
      for (int i = 0; i < 15; i++) {
        HttpRequest slow =
            HttpRequest.newBuilder(server.url().resolve("/work?units=30000")).build();
        answers.add(clients.sendAsync(slow, HttpResponse.BodyHandlers.discarding()));
      }
      await("a backlog").until(() -> probe.counts().underWay() >= 5);

      assertThatCode(probe::reset).doesNotThrowAnyException();

      assertThat(probe.counts().idle()).isTrue();
      assertThat(answers).allMatch(answer -> answer.join().statusCode() == 200);
    }
  }

  private ProcessHost host() {
    return new ProcessHost(Distributions.of(Project.root()), CpuSplit.ofThisMachine(), folder);
  }

  private static ServerSettings settings(String strategy) {
    return ServerSettings.of("netty", strategy, 20, 2, Map.of());
  }
}
