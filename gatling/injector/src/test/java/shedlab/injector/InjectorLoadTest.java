package shedlab.injector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.injector.TestJobs.job;
import static shedlab.injector.TestJobs.recorded;
import static shedlab.injector.TestJobs.result;

import com.sun.net.httpserver.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.raw.ClientBehaviour;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.WorkAddress;
import shedlab.report.result.Outcomes;
import shedlab.report.result.TenantResult;
import shedlab.simulation.model.Tenant;
import shedlab.task.CpuTask;

/** Real load on a real server; all tests share one process, so the first one warms it up. */
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
  void theReportOfGatlingComesOnRequestWithoutItsLog() throws IOException {
    try (RuleServer server =
        new RuleServer((exchange, units) -> RuleServer.status(exchange, 200))) {
      LoadJob job = job(server, 100, 2);
      Map<String, byte[]> files =
          injector.run(
              new LoadJob(
                  "with report",
                  WorkAddress.of(server.url()),
                  job.profile(),
                  "constant",
                  1,
                  7,
                  "deterministic",
                  1_000,
                  2_500,
                  1,
                  true,
                  ClientBehaviour.PLAIN));

      assertThat(files).containsKeys("client.json", "client.csv", "latency.hlog");
      assertThat(files).containsKey("gatling/index.html");
      assertThat(new String(files.get("gatling/index.html"), UTF_8)).contains("with report");
      assertThat(files.keySet()).noneMatch(name -> name.endsWith(".log"));
      assertThat(server.asked()).hasSize(200).containsOnly(7);
      assertThat(server.userAgents()).isEmpty();
      LoadResult result = result(files);
      assertThat(result.whole().intended()).isEqualTo(200);
      assertThat(result.window().outcomes().total()).isEqualTo(100);
      assertThat(result.window().seconds()).isEqualTo(1);
      assertThat(TestJobs.witnessesAgree(result)).isTrue();
    }
  }

  @Test
  void everyIntendedRequestIsCountedOnceWithItsOutcome() throws IOException {
    try (RuleServer server = new RuleServer(InjectorLoadTest::answerByUnits)) {
      LoadJob job = job(server, 60, 3);
      int[] units = job.taskUnits(job.schedule().size());
      int[] kinds = new int[KINDS];
      Arrays.stream(units).forEach(u -> kinds[u % KINDS]++);

      Map<String, byte[]> files = injector.run(job);
      LoadResult result = result(files);

      Outcomes whole = result.whole().outcomes();
      assertThat(whole)
          .isEqualTo(
              new Outcomes(
                  kinds[GOOD],
                  kinds[LATE],
                  kinds[SHED],
                  kinds[OTHER],
                  kinds[TIMEOUT],
                  kinds[TRANSPORT]));
      assertThat(whole.total()).isEqualTo(units.length).isEqualTo(result.whole().intended());
      assertThat(result.whole().started()).isEqualTo(units.length);
      assertThat(result.whole().duplicates()).isZero();
      assertThat(result.window().outcomes()).isEqualTo(whole);
      assertThat(result.job()).isEqualTo(job);

      assertThat(result.gatling().ok()).isEqualTo(whole.ok());
      assertThat(result.gatling().ko()).isEqualTo(whole.total() - whole.ok());
      assertThat(result.gatling().koMessages())
          .containsEntry("status.find.is(200), found 429", whole.shed())
          .containsEntry("status.find.is(200), found 503", whole.other());
      assertThat(result.gatling().errors()).isEmpty();

      assertThat(result.window().admitted().count()).isEqualTo(whole.ok());
      assertThat(result.window().shed().count()).isEqualTo(whole.shed());
      assertThat(result.window().failed().max()).isGreaterThanOrEqualTo(2_500_000);
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
        .containsEntry("admitted", result.window().admitted().count())
        .containsEntry("shed", result.window().shed().count())
        .containsEntry("failed", result.window().failed().count())
        // A pause counts for each millisecond that it lasts, a wake-up on time for one.
        .hasEntrySatisfying(
            "pause",
            count ->
                assertThat((double) count)
                    .isBetween(
                        result.window().seconds() * 400, result.window().seconds() * 1_100 + 100));
  }

  private static void assertRowsAddUp(Map<String, byte[]> files, Outcomes whole) {
    List<String> lines = new String(files.get("client.csv"), UTF_8).lines().toList();
    assertThat(lines.get(0))
        .startsWith(
            "second,offered,good,late,shed,other,timeout,transport,"
                + "admitted_p50_micros,admitted_p99_micros,admitted_below_1000_micros,");
    int firstBelow = lines.get(0).split(",", -1).length - 13;
    long below = 0;
    long[] sums = new long[7];
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += Long.parseLong(fields[i + 1]);
      }
      for (int i = firstBelow; i < fields.length; i++) {
        below += Long.parseLong(fields[i]);
      }
    }
    assertThat(lines).hasSize(31);
    assertThat(below).describedAs("200s by response time").isEqualTo(whole.ok());
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

      assertThat(result.window().admitted().count()).isEqualTo(job.schedule().size());
      // A sixth of the requests was meant to start in the stall, so the 90th percentile waited.
      assertThat(result.window().admitted().max()).isBetween(480_000L, 900_000L);
      assertThat(result.window().admitted().p90()).isGreaterThan(100_000);
      assertThat(result.window().admitted().p50()).isLessThan(100_000);
      assertThat(server.asked()).hasSize(job.schedule().size());
      assertThat(server.asked())
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(job.taskUnits(job.schedule().size())).boxed().toList());
    }
  }

  @Test
  void aRefusedRequestIsTriedAgainAndStaysOneRequest() throws IOException {
    Map<Integer, AtomicInteger> tries = new ConcurrentHashMap<>();
    // Sizes are distinct enough to tell requests apart; each is refused once or twice.
    RuleServer.Rule refuseAtFirst =
        (exchange, units) -> {
          int tried = tries.computeIfAbsent(units, u -> new AtomicInteger()).incrementAndGet();
          exchange.getResponseHeaders().add("Retry-After", "1");
          RuleServer.status(exchange, tried > 1 + units % 3 ? 200 : 429);
        };
    try (RuleServer server = new RuleServer(refuseAtFirst)) {
      LoadJob job = with(job(server, 50, 2), clients("immediate:tries=3", true, List.of()));
      int[] units = job.taskUnits(job.schedule().size());
      assertThat(Arrays.stream(units).distinct().count()).isEqualTo(units.length);
      long refusedOnce = Arrays.stream(units).filter(u -> u % 3 == 0).count();
      long refusedTwice = Arrays.stream(units).filter(u -> u % 3 == 1).count();
      long refusedAlways = units.length - refusedOnce - refusedTwice;

      LoadResult result = result(injector.run(job));

      assertThat(result.whole().outcomes().ok()).isEqualTo(refusedOnce + refusedTwice);
      assertThat(result.whole().outcomes().shed()).isEqualTo(refusedAlways);
      assertThat(result.whole().outcomes().total()).isEqualTo(units.length);
      assertThat(result.whole().attempts().sent())
          .isEqualTo(2 * refusedOnce + 3 * refusedTwice + 3 * refusedAlways)
          .isEqualTo(server.asked().size());
      assertThat(result.whole().attempts().shed())
          .isEqualTo(refusedOnce + 2 * refusedTwice + 3 * refusedAlways);
      assertThat(TestJobs.witnessesAgree(result)).isTrue();
      assertThat(result.whole().duplicates()).isZero();
    }
  }

  @Test
  void aClientThatHonoursRetryAfterWaitsAsLongAndOneWithoutBudgetDoesNotTryAgain()
      throws IOException {
    RuleServer.Rule refuse =
        (exchange, units) -> {
          exchange.getResponseHeaders().add("Retry-After", "1");
          RuleServer.status(exchange, 429);
        };
    try (RuleServer server = new RuleServer(refuse)) {
      ClientBehaviour patient = clients("immediate:tries=2,retry-after=yes", true, List.of());
      LoadResult result = result(injector.run(with(job(server, 20, 1), patient)));
      assertThat(result.whole().attempts().sent()).isEqualTo(2 * result.whole().intended());
      assertThat(result.window().shed().p50()).isGreaterThanOrEqualTo(1_000_000);

      ClientBehaviour poor = clients("immediate:tries=9,budget=0.1", true, List.of());
      result = result(injector.run(with(job(server, 50, 2), poor)));
      long retries = result.whole().attempts().sent() - result.whole().intended();
      assertThat(retries)
          .isBetween(result.whole().intended() / 10 - 1, result.whole().intended() / 10);
    }
  }

  @Test
  void requestsCarryTheirClientAndTheirDeadline() throws IOException {
    Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
    RuleServer.Rule look =
        (exchange, units) -> {
          Headers headers = exchange.getRequestHeaders();
          String who = headers.getFirst("Shedlab-Client") + " " + headers.getFirst("Priority");
          seen.computeIfAbsent(who, w -> new AtomicInteger()).incrementAndGet();
          long budget = Long.parseLong(headers.getFirst("Shedlab-Deadline"));
          RuleServer.status(exchange, budget > 500 && budget <= 1_000 ? 200 : 400);
        };
    try (RuleServer server = new RuleServer(look)) {
      List<Tenant> tenants =
          List.of(new Tenant("few", 1, 0, 0.001), new Tenant("many", 9, 5, 0.001));
      LoadResult result =
          result(injector.run(with(job(server, 100, 2), clients("none", true, tenants))));

      assertThat(result.window().tenants())
          .extracting(TenantResult::name)
          .containsExactly("few", "many");
      TenantResult few = result.window().tenants().get(0);
      TenantResult many = result.window().tenants().get(1);
      assertThat(seen.keySet()).containsExactlyInAnyOrder("few u=0", "many u=5");
      assertThat(few.outcomes().total()).isEqualTo(count(seen, "few u=0"));
      assertThat(many.outcomes().ok()).isEqualTo(count(seen, "many u=5"));
      assertThat(few.outcomes().total() + many.outcomes().total())
          .isEqualTo(result.window().outcomes().total());
      assertThat(many.outcomes().total()).isGreaterThan(5 * few.outcomes().total());
    }
  }

  @Test
  void aClientThatStaysConnectedGetsItsAnswerButDoesNotCountIt() throws IOException {
    RuleServer.Rule slow =
        (exchange, units) -> {
          Thread.sleep(2_700);
          RuleServer.status(exchange, 200);
        };
    try (RuleServer server = new RuleServer(slow)) {
      ClientBehaviour stays = new ClientBehaviour("none", false, true, false, List.of(), 0.5, 2);
      LoadJob job = with(job(server, 20, 1), stays);
      LoadResult result = result(injector.run(job));

      assertThat(result.whole().outcomes().timeout()).isEqualTo(result.whole().intended());
      assertThat(result.whole().attempts().ok()).isEqualTo(result.whole().intended());
      assertThat(TestJobs.witnessesAgree(result)).isTrue();
      int[] plain = job.taskUnits(job.schedule().size());
      List<Integer> slowed = new ArrayList<>();
      for (int i = 0; i < plain.length; i++) {
        boolean late = job.schedule().startNanos(i) >= 500_000_000;
        slowed.add(late ? Math.min(CpuTask.MAX_UNITS, 2 * plain[i]) : plain[i]);
      }
      assertThat(server.asked()).containsExactlyInAnyOrderElementsOf(slowed);
    }
  }

  @Test
  void aRecordingComesWithItsJobAndItsResultNamesIt() throws IOException {
    try (RuleServer server =
        new RuleServer((exchange, units) -> RuleServer.status(exchange, 200))) {
      LoadJob recorded = recorded(server, "trace:steps=7-100-300,sizes=1-0.5-1.5,speed=4");

      LoadResult result = result(injector.run(recorded));

      assertThat(result.whole().intended()).isEqualTo(recorded.schedule().size());
      assertThat(result.whole().outcomes().ok()).isEqualTo(recorded.schedule().size());
      assertThat(result.job()).isEqualTo(recorded.named());
      assertThat(result.job().arrivals()).matches("trace:sha256=[0-9a-f]{64},speed=4.0");
      int[] units = recorded.taskUnits(recorded.schedule().size());
      assertThat(units).contains(6, 18);
      assertThat(server.asked())
          .containsExactlyInAnyOrderElementsOf(Arrays.stream(units).boxed().toList());
    }
  }

  private static int count(Map<String, AtomicInteger> seen, String who) {
    AtomicInteger count = seen.get(who);
    return count == null ? 0 : count.get();
  }

  private static ClientBehaviour clients(String retry, boolean deadline, List<Tenant> tenants) {
    return new ClientBehaviour(retry, true, false, deadline, tenants, 0, 1);
  }

  private static LoadJob with(LoadJob job, ClientBehaviour clients) {
    return new LoadJob(
        job.name(),
        job.address(),
        job.profile(),
        job.arrivals(),
        job.seed(),
        job.units(),
        job.serviceLaw(),
        job.deadlineMillis(),
        job.timeoutMillis(),
        job.leadInSeconds(),
        job.report(),
        clients);
  }
}
