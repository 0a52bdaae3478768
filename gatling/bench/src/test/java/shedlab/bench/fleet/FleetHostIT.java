package shedlab.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shedlab.bench.control.ServerControl;
import shedlab.bench.control.ServerControl.Admits;
import shedlab.bench.control.ServerCounts;
import shedlab.bench.control.ServerProbe;
import shedlab.bench.host.ControlClient;
import shedlab.bench.host.Programs;
import shedlab.bench.host.ServerSettings;
import shedlab.bench.run.SmallRun;
import shedlab.bench.setting.JvmArchive;
import shedlab.report.NotRun;
import shedlab.report.raw.ServerCsv;
import shedlab.simulation.model.Balancer;
import shedlab.simulation.model.FleetModel;
import shedlab.simulation.model.FleetModel.Proxy;

/** Real servers behind real proxies: as few and as small as can be. */
class FleetHostIT {
  private static final long MOST_NANOS = Duration.ofSeconds(20).toNanos();

  private final HttpClient http = ControlClient.connectingWithin(Duration.ofSeconds(5));

  @TempDir private Path folder = Path.of("");

  private FleetHost host(Proxy proxy) {
    String program = ProxyFile.program(proxy);
    NotRun.unless(
        Programs.isThere(program), "REQUIRE_FLEETS", "a fleet: no " + program + " on the PATH");
    return new FleetHost(SmallRun.host(folder), SmallRun.CPUS, folder, EnumSet.of(proxy));
  }

  private static ServerSettings settings(int servers, Proxy proxy, Balancer balance) {
    FleetModel fleet = new FleetModel(servers, proxy, balance);
    return new ServerSettings(
        "netty", "fixed:limit=4", 20, 2, Map.of(), false, fleet, false, JvmArchive.NONE, false);
  }

  private int status(FleetServer server) throws Exception {
    URI work = server.url().resolve("/work?units=1");
    return http.send(HttpRequest.newBuilder(work).build(), BodyHandlers.discarding()).statusCode();
  }

  private static long received(FleetServer server, int member) {
    return new ServerProbe(server.servers().get(member)).counts().received();
  }

  @ParameterizedTest
  @EnumSource
  void everyAnswerIsCountedOnceThoughAServerIsKilledAndStartedAgain(Proxy proxy) throws Exception {
    try (FleetHost host = host(proxy);
        FleetServer server =
            (FleetServer) host.startServer(settings(3, proxy, Balancer.ROUND_ROBIN))) {
      ServerControl control = ServerControl.of(server);
      control.verifyContract(Admits.EVERYBODY);
      ServerCounts before = Objects.requireNonNull(control.counts());
      long first = received(server, 0);
      int ok = 0;
      for (int i = 0; i < 30; i++) {
        assertThat(status(server)).isEqualTo(200);
        ok++;
      }
      assertThat(received(server, 0) - first).isEqualTo(10);

      server.kill();
      List<Integer> whileDown = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        whileDown.add(status(server));
      }
      assertThat(whileDown).contains(200).isSubsetOf(200, 502, 503);
      // Had the proxy not noticed, every third one; nginx asks the dead server once a second.
      assertThat(whileDown).filteredOn(status -> status != 200).hasSizeLessThan(10);
      ok += (int) whileDown.stream().filter(status -> status == 200).count();
      assertThat(control.unseen((from, to) -> to > from ? 7 : 0)).isEqualTo(7);

      server.restart();
      long end = System.nanoTime() + MOST_NANOS;
      while (received(server, 0) == 0 && System.nanoTime() - end < 0) {
        ok += status(server) == 200 ? 1 : 0;
      }
      assertThat(received(server, 0)).isPositive();
      ServerCounts all = Objects.requireNonNull(control.settledCounts()).since(before);
      assertThat(all.received()).isEqualTo(ok);
      assertThat(all.admitted()).isEqualTo(ok);
      assertThat(all.idle()).isTrue();
      ServerCsv samples = ServerCsv.parse(server.samples());
      assertThat(samples.tellsGauges()).isTrue();
      assertThat(samples.rows()).hasSizeGreaterThan(5);
    }
    assertThat(ProcessHandle.current().descendants())
        .extracting(child -> child.info().commandLine().orElse(""))
        .noneMatch(line -> line.contains("servers.jar") || line.contains(ProxyFile.program(proxy)));
  }

  @ParameterizedTest
  @EnumSource
  void everyProxyKnowsEveryWayToBalance(Proxy proxy) throws Exception {
    for (Balancer balance : List.of(Balancer.RANDOM, Balancer.LEAST_IN_FLIGHT)) {
      try (FleetHost host = host(proxy);
          FleetServer server = (FleetServer) host.startServer(settings(2, proxy, balance))) {
        assertThat(status(server)).isEqualTo(200);
        assertThat(host.facts().get("proxy " + ProxyFile.program(proxy))).contains("version");
      }
    }
  }
}
