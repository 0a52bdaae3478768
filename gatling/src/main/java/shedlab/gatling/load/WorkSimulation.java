package shedlab.gatling.load;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The only simulation: one request per virtual user, open model. Gatling makes an instance by
 * itself, so the run is handed over beforehand.
 *
 * <p>In Gatling's figures OK means admitted, KO shed or failed.
 */
public final class WorkSimulation extends Simulation {
  private static final AtomicReference<@Nullable LoadRun> NEXT = new AtomicReference<>();
  private static final String STATUS = "status";
  private static final int SECOND = 1_000_000_000;

  /** What the next instance runs. One run at a time in a JVM. */
  static void prepare(LoadRun run) {
    NEXT.set(run);
  }

  /** For Gatling. */
  public WorkSimulation() {
    LoadRun run = NEXT.getAndSet(null);
    if (run == null) {
      throw new IllegalStateException("No run was prepared.");
    }
    setUp(
            scenario("work")
                .exec(new HoldUntilIntended(run), request(run), record(run))
                .injectOpen(injection(run.schedule().countsPer(SECOND))))
        .protocols(protocol(run.job()));
  }

  /** Gatling's own set-up has left garbage: collect it now rather than in mid-run. */
  @Override
  public void before() {
    System.gc();
  }

  /** As many users in each second as requests are meant to start in it. */
  static List<OpenInjectionStep> injection(int[] countsPerSecond) {
    List<OpenInjectionStep> steps = new ArrayList<>();
    for (int count : countsPerSecond) {
      steps.add(count == 0 ? nothingFor(1) : rampUsers(count).during(1));
    }
    return steps;
  }

  private static HttpRequestActionBuilder request(LoadRun run) {
    HttpRequestActionBuilder get =
        run.job().serviceLaw().equals("deterministic")
            ? http("work").get("/work?units=" + run.job().units())
            : http("work").get(session -> "/work?units=" + run.units(index(session)));
    return get.requestTimeout(Duration.ofMillis(run.job().timeoutMillis()))
        // Saved before it is judged: a 429 is KO and still has its status.
        .check(status().saveAs(STATUS), status().is(200));
  }

  private static ChainBuilder record(LoadRun run) {
    ClientRecorder recorder = run.recorder();
    return exec(
        session -> {
          long now = System.nanoTime();
          Integer answered = session.getIntegerWrapper(STATUS);
          recorder.ended(index(session), answered == null ? Ending.NO_STATUS : answered, now);
          return session;
        });
  }

  private static int index(Session session) {
    return (int) session.userId() - 1;
  }

  private static HttpProtocolBuilder protocol(LoadJob job) {
    return http.baseUrl(job.baseUrl())
        .disableWarmUp()
        .disableCaching()
        .disableFollowRedirect()
        .disableAutoReferer()
        // One pool for all users, as between a proxy and a server: no connection per request.
        .shareConnections()
        .headers(job.headers());
  }
}
