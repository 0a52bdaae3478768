package shedlab.injector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shedlab.injector.TestJobs.job;
import static shedlab.injector.TestJobs.recorded;
import static shedlab.injector.TestJobs.result;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.SchedulePart;

/** The control protocol of the real process; all tests share one that is warm. */
final class ControlProtocolTest {
  private static final byte[] NOTHING = new byte[0];

  @TempDir
  @SuppressWarnings("NullAway.Init") // by JUnit
  private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static InjectorProcess injector;

  @BeforeAll
  static void startAndWarmUp() throws IOException {
    injector = new InjectorProcess(folder);
    try (RuleServer server =
        new RuleServer((exchange, units) -> RuleServer.status(exchange, 200))) {
      injector.run(job(server, 100, 3)); // a cold one is late
    }
  }

  @AfterAll
  static void stop() {
    injector.close();
  }

  @Test
  void aRecordingWithoutARequestInTheJobsTimeIsRefusedInOneLine() throws IOException {
    try (RuleServer server =
        new RuleServer((exchange, units) -> RuleServer.status(exchange, 200))) {
      // The second of its two requests is an hour after the first.
      LoadJob late = recorded(server, "trace:steps=0-3600000000,speed=1");

      HttpResponse<byte[]> answer = injector.post("/run", late.write());

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(new String(answer.body(), UTF_8))
          .startsWith("arrivals: " + late.named().arrivals() + " (expected: a request in")
          .hasLineCount(1);
    }
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
  void aPartIsHeldUntilItsStartIsToldAndBeginsThen() throws Exception {
    try (RuleServer server =
        new RuleServer((exchange, units) -> RuleServer.status(exchange, 200))) {
      LoadJob job = job(server, 50, 2);
      SchedulePart part = new SchedulePart(2, 3);
      CompletableFuture<HttpResponse<byte[]>> pending =
          injector.send("/run?part=" + part, job.write());
      await().until(() -> injector.progress().get("held").asBoolean());
      assertThat(server.asked()).isEmpty();

      long clock = Long.parseLong(injector.get("/clock").trim());
      HttpResponse<byte[]> soon = injector.post("/start?at=" + (clock + 1_000_000_000), NOTHING);
      assertThat(soon.statusCode()).isEqualTo(400);
      assertThat(new String(soon.body(), UTF_8))
          .matches("start: in \\d+ ms \\(expected: in 1250 ms or later\\)\n");
      clock = Long.parseLong(injector.get("/clock").trim());
      long zeroMillis = System.currentTimeMillis() + 3_000;
      assertThat(injector.post("/start?at=" + (clock + 3_000_000_000L), NOTHING).statusCode())
          .isEqualTo(200);

      HttpResponse<byte[]> answer = pending.get(30, TimeUnit.SECONDS);
      Map<String, byte[]> files = InjectorProcess.unzip(answer.body());
      LoadResult result = result(files);
      int[] units = job.taskUnits(job.schedule().size());
      List<Integer> own = new ArrayList<>();
      for (int i = 1; i < units.length; i += 3) {
        own.add(units[i]);
      }
      assertThat(server.asked()).containsExactlyInAnyOrderElementsOf(own);
      assertThat(result.whole().intended()).isEqualTo(own.size());
      assertThat(result.job()).isEqualTo(job);
      // Read a moment before the clock's answer came and after it had been asked.
      assertThat(result.zeroEpochMicros() / 1_000 - zeroMillis).isBetween(-200L, 50L);
      assertThat(result.generator().lateness().p50Micros()).isLessThan(50_000);
      assertThat(files).containsKeys("client.csv", "latency.hlog", "part.hlog", "part.json");
    }
  }

  @Test
  void aStartIsToldOnlyWhileAJobIsHeldAndAPartIsOneOfItsNumber() throws Exception {
    assertThat(new String(injector.post("/start?at=1", NOTHING).body(), UTF_8))
        .isEqualTo("start: 1 (expected: a job that is held)\n");
    assertThat(new String(injector.post("/start", NOTHING).body(), UTF_8))
        .isEqualTo("query: null (expected: at=...)\n");
    try (RuleServer server =
        new RuleServer((exchange, units) -> RuleServer.status(exchange, 200))) {
      byte[] job = job(server, 50, 1).write();
      assertThat(new String(injector.post("/run?part=3-of-2", job).body(), UTF_8))
          .isEqualTo("part: 3-of-2 (expected: 1-of-1 to 64-of-64)\n");
      assertThat(new String(injector.post("/run?part=half", job).body(), UTF_8))
          .isEqualTo("part: half (expected: such as 2-of-4)\n");
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
}
