package shedlab.injector;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.header;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import shedlab.report.raw.ClientBehaviour;
import shedlab.report.raw.LoadJob;
import shedlab.simulation.model.Tenant;

/**
 * The only simulation: one request per virtual user and the further tries it may need, open model.
 * Gatling makes an instance by itself, so the run is handed over beforehand.
 *
 * <p>In Gatling's figures OK means admitted, KO shed or failed.
 */
public final class WorkSimulation extends Simulation {
  private static final AtomicReference<@Nullable LoadRun> NEXT = new AtomicReference<>();
  private static final String STATUS = "status";
  private static final String RETRY_AFTER = "retryAfter";
  private static final String PAUSE = "pauseNanos";

  private static final int SECOND = 1_000_000_000;

  private final LoadRun run;

  /** What the next instance runs. One run at a time in a JVM. */
  static void prepare(LoadRun run) {
    NEXT.set(run);
  }

  /** For Gatling. */
  public WorkSimulation() {
    LoadRun next = NEXT.getAndSet(null);
    if (next == null) {
      throw new IllegalStateException("No run was prepared.");
    }
    run = next;
    setUp(
            scenario("work")
                .exec(new HoldUntilIntended(run), request(run), record(run))
                .exec(further(run))
                .injectOpen(injection(run.schedule().countsPer(SECOND))))
        .protocols(protocol(run.job()));
  }

  /**
   * Gatling's own set-up has left garbage: collect it now rather than in mid-run. Then other load
   * generators may have to get so far, too.
   */
  @Override
  public void before() {
    System.gc();
    run.awaitStart();
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
    LoadJob job = run.job();
    HttpRequestActionBuilder get =
        http("work").get(session -> job.address().path(run.units(index(session))));
    for (Map.Entry<String, Function<Session, String>> header : headers(run).entrySet()) {
      get = get.header(header.getKey(), header.getValue());
    }
    return get.requestTimeout(job.patience())
        // Saved before it is judged: a 429 is KO and still has its status.
        .check(
            status().saveAs(STATUS),
            header("Retry-After").optional().saveAs(RETRY_AFTER),
            status().is(200));
  }

  /** What a request tells of itself. */
  private static Map<String, Function<Session, String>> headers(LoadRun run) {
    Map<String, Function<Session, String>> headers = new TreeMap<>();
    ClientBehaviour clients = run.job().clients();
    if (!clients.tenants().isEmpty()) {
      Function<Session, Tenant> tenant = s -> clients.tenants().get(run.tenant(index(s)));
      headers.put("Priority", session -> "u=" + tenant.apply(session).urgency());
      headers.put("Shedlab-Client", session -> tenant.apply(session).name());
    }
    if (clients.tellsDeadline()) {
      headers.put("Shedlab-Deadline", session -> Long.toString(budgetMillis(run, session)));
    }
    return headers;
  }

  /** What is left of the deadline, which counts from the intended start. */
  private static long budgetMillis(LoadRun run, Session session) {
    long spentNanos = System.nanoTime() - run.recorder().dueNanos(index(session));
    return Math.max(1, run.job().deadlineMillis() - spentNanos / 1_000_000);
  }

  /** The tries after the first. */
  private static ChainBuilder further(LoadRun run) {
    return run.job().clients().retries()
        ? asLongAs(session -> session.contains(PAUSE))
            .on(
                pause(session -> Duration.ofNanos(session.getLong(PAUSE))),
                exec(session -> session.removeAll(PAUSE, STATUS, RETRY_AFTER)),
                exec(request(run)),
                record(run))
        : exec(session -> session);
  }

  /** Records how a try ended; {@link #PAUSE} is set if another follows. */
  private static ChainBuilder record(LoadRun run) {
    ClientRecorder recorder = run.recorder();
    return exec(
        session -> {
          long now = System.nanoTime();
          Integer saved = session.getIntegerWrapper(STATUS);
          int answered = Ending.told(saved, run.job().address().shed());
          int index = index(session);
          int tried = recorder.tries(index) + 1;
          if (tried == 1) {
            run.firstTry();
          }
          long pause = run.pauseNanos(index, tried, answered, retryAfter(session));
          if (pause == Retrier.NEVER) {
            recorder.ended(index, answered, now);
            return session;
          }
          recorder.tried(index, answered);
          return session.set(PAUSE, pause);
        });
  }

  private static long retryAfter(Session session) {
    String text = session.getString(RETRY_AFTER);
    return text != null && text.matches("[0-9]{1,5}") ? Long.parseLong(text) : 0;
  }

  private static int index(Session session) {
    return (int) session.userId() - 1;
  }

  private static HttpProtocolBuilder protocol(LoadJob job) {
    HttpProtocolBuilder protocol =
        http.baseUrl(job.address().baseUrl())
            .disableWarmUp()
            .disableCaching()
            .disableFollowRedirect()
            .disableAutoReferer();
    return job.clients().newConnections()
        ? protocol.header("Connection", "close")
        // One pool for all users, as between a proxy and a server: no connection per request.
        : protocol.shareConnections();
  }
}
