package shedlab.bench.refusals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.control.ServerProbe;
import shedlab.bench.host.ControlClient;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.HostException;
import shedlab.bench.host.ProcessHost;
import shedlab.bench.host.RunningServer;
import shedlab.bench.outside.ThreadTimes;
import shedlab.bench.targets.TargetHost;
import shedlab.bench.targets.Targets;
import shedlab.report.NotRun;
import shedlab.report.Project;
import shedlab.task.CpuTask;

/** The server in Rust does the same task and refuses in the same words. */
class TokioTargetIT {
  private static final HttpClient HTTP = ControlClient.connectingWithin(Duration.ofSeconds(5));

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void build() throws Exception {
    String problem = "";
    try {
      TokioTarget.of(Project.root()).compile();
    } catch (HostException e) {
      problem = String.valueOf(e.getMessage());
    }
    NotRun.unless(problem.isEmpty(), "REQUIRE_REFUSALS", "the server on Tokio: " + problem);
  }

  private TargetHost host() {
    CpuSplit cpus = CpuSplit.ofThisMachine();
    return new TargetHost(
        new ProcessHost(Distributions.of(Project.root()), cpus, folder),
        Targets.NONE,
        cpus,
        folder,
        "",
        List.of());
  }

  private static RunningServer start(TargetHost host, Map<String, String> options) {
    return TokioTarget.of(Project.root()).start(host, 7, options);
  }

  private static HttpResponse<String> get(URI server, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(server.resolve(path)).build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  @Test
  void itsChecksumsAreThoseOfTheJavaTask() throws Exception {
    try (TargetHost host = host();
        RunningServer server = start(host, Map.of())) {
      for (int units : new int[] {1, 2, 100, 999, 4_321}) {
        HttpResponse<String> answer = get(server.url(), "/work?units=" + units);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
            .isEqualTo(String.format(Locale.ROOT, "%016x\n", CpuTask.run(units)));
      }
      assertThat(new ServerProbe(server.url()).metrics())
          .containsEntry("shedlab_received_total", 5.0)
          .containsEntry("shedlab_completed_total", 5.0)
          .containsEntry("shedlab_shed_total{reason=\"limit\"}", 0.0);
    }
  }

  @Test
  void onTheThreadsOfItsRuntimeItDoesTheSameTask() throws Exception {
    try (TargetHost host = host();
        RunningServer server = start(host, Map.of("INLINE", "1"))) {
      HttpResponse<String> answer = get(server.url(), "/work");

      assertThat(answer.body()).isEqualTo(String.format(Locale.ROOT, "%016x\n", CpuTask.run(7)));
      assertThat(ThreadTimes.named(server.pid().orElseThrow(), "shedlab-worker")).isEmpty();
    }
  }

  @Test
  void withoutAPermitItRefusesAndIsHealthy() throws Exception {
    try (TargetHost host = host();
        RunningServer server = start(host, Map.of("LIMIT", "0"))) {
      HttpResponse<String> answer = get(server.url(), "/work?units=1");

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.body()).isEqualTo("shed\n");
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(answer.headers().firstValue("Shedlab-Reason")).hasValue("limit");
      assertThat(get(server.url(), "/healthz").body()).isEqualTo("ok\n");
    }
  }

  @Test
  void itsPermitCanBeHeldByALongTask() throws Exception {
    try (TargetHost host = host();
        RunningServer server = start(host, Map.of("LIMIT", "1"))) {
      ServerProbe probe = new ServerProbe(server.url());
      HeldPermit permit = new HeldPermit(server.url(), server.pid().orElseThrow(), probe);
      permit.take();

      assertThat(get(server.url(), "/work?units=1").statusCode()).isEqualTo(429);
      assertThat(permit.threads()).hasSize(1);
    }
  }

  @Test
  void whatItCannotDoIsToldInOneLine() throws Exception {
    try (TargetHost host = host();
        RunningServer server = start(host, Map.of())) {
      assertThat(get(server.url(), "/work?units=0").body())
          .isEqualTo("units: 0 (expected: a whole number from 1 to 10000000)\n");
      assertThat(get(server.url(), "/work?units=0").statusCode()).isEqualTo(400);
      assertThat(get(server.url(), "/other").statusCode()).isEqualTo(404);
      assertThatThrownBy(() -> start(host, Map.of("LIMIT", "-1")))
          .isInstanceOf(HostException.class)
          .hasMessage("tokio: LIMIT: -1 (expected: a whole number from 0 to 1000000)");
    }
  }

  @Test
  void sigtermEndsItWithCodeZeroWhateverItDoes() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(TokioTarget.of(Project.root()).executable().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("PORT", "0");
    Process process = builder.start();
    try {
      assertThat(process.inputReader().readLine()).startsWith("{\"ready\":true,");
      process.destroy();

      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
