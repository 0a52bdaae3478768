package shedlab.injector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shedlab.injector.TestJobs.job;
import static shedlab.injector.TestJobs.result;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.raw.LoadResult;

/** The control protocol of the real process; all tests share one process. */
final class InjectorMainTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // by JUnit
  private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static InjectorProcess injector;

  @BeforeAll
  static void start() throws IOException {
    injector = new InjectorProcess(folder);
  }

  @AfterAll
  static void stop() {
    injector.close();
  }

  @Test
  void progressIsReportedWhileAJobRunsAndASecondOneIsRefused() throws Exception {
    try (RuleServer server =
        new RuleServer((exchange, units) -> RuleServer.status(exchange, 200))) {
      CompletableFuture<HttpResponse<byte[]>> pending =
          injector.send("/run", job(server, 50, 4).write());
      await().until(() -> injector.progress().get("finished").asLong() >= 75);

      assertThat(pending).isNotDone();
      assertThat(injector.progress().get("startsPerSecond").asDouble()).isBetween(15.0, 100.0);
      assertThat(injector.progress().get("plannedSeconds").asDouble()).isEqualTo(4);
      HttpResponse<byte[]> second = injector.post("/run", job(server, 50, 1).write());
      assertThat(second.statusCode()).isEqualTo(409);
      assertThat(new String(second.body(), UTF_8)).startsWith("job: another is running");
      assertThat(pending.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(injector.progress().get("running").asBoolean()).isFalse();

      LoadResult next = result(injector.run(job(server, 50, 1)));
      assertThat(next.whole().outcomes().total()).isEqualTo(next.whole().intended());
      assertThat(next.whole().started()).isEqualTo(next.whole().intended());
    }
  }

  @Test
  void aBadJobIsAnsweredWithOneLine() {
    HttpResponse<byte[]> answer = injector.post("/run", "{\"nam\": 1}".getBytes(UTF_8));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new String(answer.body(), UTF_8)).contains("nam").hasLineCount(1);
    assertThat(injector.post("/elsewhere", new byte[0]).statusCode()).isEqualTo(404);
    assertThat(injector.post("/progress", new byte[0]).statusCode()).isEqualTo(405);
  }

  @Test
  void theProcessEndsIfNobodyAsks(@TempDir Path other) throws Exception {
    try (InjectorProcess lonely = new InjectorProcess(other, "--idle-exit-seconds", "1")) {
      assertThat(lonely.ready().get("ready").asBoolean()).isTrue();
      assertThat(lonely.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(lonely.process().exitValue()).isZero();
    }
  }
}
