package shedlab.gatling.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.gatling.load.TestJobs.job;
import static shedlab.gatling.load.TestJobs.result;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import shedlab.gatling.result.Outcomes;

/** Real load on a real server; one process for all, so the first test warms it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class InjectorLoadTest {
  private static final int GOOD = 0;
  private static final int LATE = 1;
  private static final int SHED = 2;
  private static final int OTHER = 3;
  private static final int TIMEOUT = 4;
  private static final int TRANSPORT = 5;
  private static final int KINDS = 6;

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
  @Order(1)
  void theReportOfGatlingComesOnRequestWithoutItsLog() throws IOException {
    try (RuleServer server =
        new RuleServer((exchange, units) -> RuleServer.status(exchange, 200))) {
      LoadJob job = job(server, 100, 2);
      Map<String, byte[]> files =
          injector.run(
              new LoadJob(
                  "with report",
                  server.url(),
                  job.profile(),
                  "constant",
                  1,
                  7,
                  "deterministic",
                  1_000,
                  2_500,
                  1,
                  true,
                  Map.of("Priority", "u=1")));

      assertThat(files).containsKeys("client.json", "client.csv", "latency.hlog");
      assertThat(files).containsKey("gatling/index.html");
      assertThat(new String(files.get("gatling/index.html"), UTF_8)).contains("with report");
      assertThat(files.keySet()).noneMatch(name -> name.endsWith(".log"));
      assertThat(server.asked()).hasSize(200).containsOnly(7);
      assertThat(server.userAgents()).isEmpty();
      LoadResult result = result(files);
      assertThat(result.intendedTotal()).isEqualTo(200);
      assertThat(result.window().total()).isEqualTo(100);
      assertThat(result.windowSeconds()).isEqualTo(1);
      assertThat(result.witnessesAgree()).isTrue();
    }
  }

  @Test
  @Order(2)
  void everyIntendedRequestEndsExactlyOnceAsWhatItWas() throws IOException {
    try (RuleServer server = new RuleServer(InjectorLoadTest::answerByUnits)) {
      LoadJob job = job(server, 60, 3);
      int[] units = job.taskUnits(job.schedule().size());
      int[] kinds = new int[KINDS];
      Arrays.stream(units).forEach(u -> kinds[u % KINDS]++);

      Map<String, byte[]> files = injector.run(job);
      LoadResult result = result(files);

      Outcomes whole = result.whole();
      assertThat(whole)
          .isEqualTo(
              new Outcomes(
                  kinds[GOOD],
                  kinds[LATE],
                  kinds[SHED],
                  kinds[OTHER],
                  kinds[TIMEOUT],
                  kinds[TRANSPORT]));
      assertThat(whole.total()).isEqualTo(units.length).isEqualTo(result.intendedTotal());
      assertThat(result.startedTotal()).isEqualTo(units.length);
      assertThat(result.duplicates()).isZero();
      assertThat(result.window()).isEqualTo(whole);
      assertThat(result.job()).isEqualTo(job);

      assertThat(result.gatlingOk()).isEqualTo(whole.ok());
      assertThat(result.gatlingKo()).isEqualTo(whole.total() - whole.ok());
      assertThat(result.gatlingKoMessages())
          .containsEntry("status.find.is(200), found 429", whole.shed())
          .containsEntry("status.find.is(200), found 503", whole.other());
      assertThat(result.gatlingErrors()).isEmpty();

      assertThat(result.admitted().count()).isEqualTo(whole.ok());
      assertThat(result.shed().count()).isEqualTo(whole.shed());
      assertThat(result.failed().max()).isGreaterThanOrEqualTo(2_500_000);
      assertHistogramsAgree(files, result);
      assertRowsAddUp(files, whole);
    }
  }

  private static void answerByUnits(com.sun.net.httpserver.HttpExchange exchange, int units)
      throws IOException, InterruptedException {
    switch (units % KINDS) {
      case GOOD -> RuleServer.status(exchange, 200);
      case LATE -> {
        Thread.sleep(1_200);
        RuleServer.status(exchange, 200);
      }
      case SHED -> RuleServer.status(exchange, 429);
      case OTHER -> RuleServer.status(exchange, 503);
      case TIMEOUT -> {
        Thread.sleep(4_000);
        exchange.close();
      }
      default -> exchange.close();
    }
  }

  private static void assertHistogramsAgree(Map<String, byte[]> files, LoadResult result) {
    Map<String, Long> counts = new HashMap<>();
    HistogramLogReader reader =
        new HistogramLogReader(new ByteArrayInputStream(files.get("latency.hlog")));
    while (reader.hasNext()) {
      Histogram histogram = (Histogram) reader.nextIntervalHistogram();
      counts.put(histogram.getTag(), histogram.getTotalCount());
    }
    assertThat(counts)
        .containsEntry("admitted", result.admitted().count())
        .containsEntry("shed", result.shed().count())
        .containsEntry("failed", result.failed().count());
  }

  private static void assertRowsAddUp(Map<String, byte[]> files, Outcomes whole) {
    List<String> lines = new String(files.get("client.csv"), UTF_8).lines().toList();
    assertThat(lines.get(0))
        .isEqualTo(
            "second,offered,good,late,shed,other,timeout,transport,"
                + "admitted_p50_micros,admitted_p99_micros");
    long[] sums = new long[7];
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += Long.parseLong(fields[i + 1]);
      }
    }
    assertThat(lines).hasSize(31);
    assertThat(sums)
        .containsExactly(
            whole.total(),
            whole.good(),
            whole.late(),
            whole.shed(),
            whole.other(),
            whole.timeout(),
            whole.transport());
  }

  @Test
  @Order(3)
  void aStallIsSeenByEveryRequestThatWasMeantToStartInIt() throws IOException {
    AtomicInteger count = new AtomicInteger();
    Object door = new Object();
    RuleServer.Rule stallOnce =
        (exchange, units) -> {
          synchronized (door) {
            if (count.incrementAndGet() == 100) {
              Thread.sleep(500);
            }
          }
          RuleServer.status(exchange, 200);
        };
    try (RuleServer server = new RuleServer(stallOnce)) {
      LoadJob job = job(server, 100, 3);
      LoadResult result = result(injector.run(job));

      assertThat(result.admitted().count()).isEqualTo(job.schedule().size());
      // A sixth of the requests was meant to start in the stall, so the 90th percentile waited.
      assertThat(result.admitted().max()).isBetween(480_000L, 900_000L);
      assertThat(result.admitted().p90()).isGreaterThan(100_000);
      assertThat(result.admitted().p50()).isLessThan(100_000);
      assertThat(server.asked()).hasSize(job.schedule().size());
      assertThat(server.asked())
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(job.taskUnits(job.schedule().size())).boxed().toList());
    }
  }
}
