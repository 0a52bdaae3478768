package shedlab.bench.control;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import shedlab.bench.host.ControlClient;
import shedlab.bench.host.HostException;
import shedlab.task.CpuTask;

/** A server by HTTP: all of one of ours, and of another what that has. */
public final class ServerProbe implements ServerControl {
  /** For a server that still works off what the warm-up left, on a machine that is busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http;
  private final URI url;
  private final String metricsPath;

  /** Of the server at an address. */
  public ServerProbe(URI url) {
    this(url, "/metrics");
  }

  /** With its counts at another path. */
  ServerProbe(URI url, String metricsPath) {
    this(url, metricsPath, ControlClient.connectingWithin(Duration.ofSeconds(5)));
  }

  /** Of a server that speaks another protocol than HTTP/1.1 in clear, by a client that does too. */
  public ServerProbe(URI url, HttpClient http) {
    this(url, "/metrics", http);
  }

  private ServerProbe(URI url, String metricsPath, HttpClient http) {
    this.url = url;
    this.metricsPath = metricsPath;
    this.http = http;
  }

  @Override
  public boolean takesStrategies() {
    return true;
  }

  /**
   * Verifies what every cell relies on: the checksum of real work, the refusals, the answers to bad
   * input, and the paths that never pass the gate.
   *
   * @param admits which answers to {@code /work} are right
   * @throws HostException naming what the server answered instead
   */
  @Override
  public void verifyContract(Admits admits) {
    expect("/healthz", 200, "ok\n");
    verifyWork(1, admits);
    verifyWork(100, admits);
    expect("/work?units=0", 400, null);
    expect("/nowhere", 404, null);
    long received = counts().received();
    if (received < 2) {
      throw new HostException("metrics: received", received, "2 or more: those just answered");
    }
  }

  private void verifyWork(int units, Admits admits) {
    String path = "/work?units=" + units;
    String checksum = String.format(Locale.ROOT, "%016x", CpuTask.run(units));
    HttpResponse<String> answer = get(path);
    boolean worked = answer.statusCode() == 200 && answer.body().equals(checksum + "\n");
    boolean refused =
        answer.statusCode() == 429 && answer.headers().firstValue("Shedlab-Reason").isPresent();
    String work = "200 " + checksum;
    String refusal = "429 with a Shedlab-Reason";
    switch (admits) {
      case EVERYBODY -> check(worked, path, answer, work);
      case SOME -> check(worked || refused, path, answer, work + ", or " + refusal);
      case NOBODY -> check(refused, path, answer, refusal);
    }
  }

  /**
   * The shortest of some service times, in seconds: one request at a time, nothing else running.
   * For a server that admits everybody.
   */
  @Override
  public double serviceSeconds(int units) {
    String path = "/work?units=" + units;
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> answer = get(path);
      long micros = answer.headers().firstValueAsLong("Shedlab-Service-Time").orElse(0);
      check(micros > 0, path, answer, "200 with a Shedlab-Service-Time above 0");
      best = Math.min(best, micros);
    }
    return best / 1e6;
  }

  /**
   * Makes the strategy forget: the warm-up's tiny tasks would have taught it a false baseline. If
   * the server still works off a backlog, waits as long as requests end.
   */
  @Override
  public void reset() {
    reset("/reset");
  }

  /** Switches the strategy off until the next reset: a warm-up is not for it to refuse. */
  @Override
  public void switchStrategyOff() {
    reset("/reset?strategy=off");
  }

  /** Makes the server work under another strategy from now on. */
  @Override
  public void exchange(String strategy) {
    reset("/reset?strategy=" + URLEncoder.encode(strategy, StandardCharsets.UTF_8));
  }

  private void reset(String path) {
    Draining draining = new Draining();
    HttpResponse<String> answer = post(path);
    while (answer.statusCode() == 409 && draining.goesOn(counts())) {
      pause();
      answer = post(path);
    }
    if (answer.statusCode() != 204) {
      throw new HostException("POST " + path, said(answer), "204");
    }
  }

  private HttpResponse<String> post(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return send(request, "POST " + path);
  }

  /**
   * CPU time of a unit of work, by the server's own clock, over some tasks one after the other: the
   * least of three such readings, as one may meet a neighbour. For a server that admits everybody.
   *
   * @return null if the server does not tell
   */
  @Override
  public @Nullable Double unitCpuNanos(int units, int tasks) {
    double least = Double.POSITIVE_INFINITY;
    Map<String, Double> before = metrics();
    for (int i = 0; i < 3; i++) {
      for (int task = 0; task < tasks; task++) {
        expect("/work?units=" + units, 200, null);
      }
      Map<String, Double> after = metrics();
      double done = growth("shedlab_task_units_total", before, after);
      if (!(done > 0)) {
        return null;
      }
      double seconds = growth("shedlab_task_cpu_seconds_total", before, after);
      least = Math.min(least, 1e9 * seconds / done);
      before = after;
    }
    return least;
  }

  private static double growth(
      String total, Map<String, Double> before, Map<String, Double> after) {
    return after.getOrDefault(total, 0.0) - before.getOrDefault(total, 0.0);
  }

  /** What the server has counted since it started. */
  @Override
  public ServerCounts counts() {
    return ServerCounts.of(metrics());
  }

  /** What {@code /metrics} tells: each sample by its name, labels included. */
  public Map<String, Double> metrics() {
    HttpResponse<String> answer = get(metricsPath);
    check(answer.statusCode() == 200, metricsPath, answer, "200 and Prometheus text");
    return PrometheusText.samples(answer.body());
  }

  private void expect(String path, int status, @Nullable String body) {
    HttpResponse<String> answer = get(path);
    boolean right = answer.statusCode() == status && (body == null || body.equals(answer.body()));
    check(right, path, answer, body == null ? "" + status : status + " " + body.trim());
  }

  private static void check(boolean ok, String path, HttpResponse<String> answer, String rule) {
    if (!ok) {
      throw new HostException("GET " + path, said(answer), rule);
    }
  }

  static String said(HttpResponse<String> answer) {
    return (answer.statusCode() + " " + answer.body().trim()).trim();
  }

  /** An answer of the server, whatever it says. */
  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(url.resolve(path)).timeout(PATIENCE).build(), "GET " + path);
  }

  private HttpResponse<String> send(HttpRequest request, String what) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new HostException(what, HostException.reason(e), "an answer", e);
    } catch (InterruptedException e) {
      throw HostException.interrupted(what, e);
    }
  }

  /** Waits until no request is under way; false if that takes more than 20 s. */
  @Override
  public boolean awaitIdle() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - end < 0) {
      if (counts().idle()) {
        return true;
      }
      pause();
    }
    return false;
  }

  @Override
  public OptionalDouble cpuSeconds() {
    return OptionalDouble.of(metrics().getOrDefault("process_cpu_seconds_total", 0.0));
  }

  /**
   * Waits until no request is under way, however long that takes.
   *
   * @throws HostException if no request ends for 20 s
   */
  @Override
  public void awaitWorkedOff() {
    Draining draining = new Draining();
    for (ServerCounts now = counts(); !now.idle(); now = counts()) {
      if (!draining.goesOn(now)) {
        throw new HostException("requests under way", now.underWay(), "0; none ended for 20 s");
      }
      pause();
    }
  }

  /** Whether a server still works off its backlog. */
  private static final class Draining {
    private long ended = -1;
    private long sinceNanos = System.nanoTime();

    /** False once no request has ended for too long. */
    boolean goesOn(ServerCounts now) {
      long endedNow = now.received() - now.underWay();
      if (endedNow > ended) {
        ended = endedNow;
        sinceNanos = System.nanoTime();
      }
      return System.nanoTime() - sinceNanos < PATIENCE.toNanos();
    }
  }

  /**
   * The counts once no more requests come out of socket buffers, three equal readings, and each is
   * admitted or shed: a strategy may let them wait long after their clients have left.
   */
  @Override
  public ServerCounts settledCounts() {
    Draining draining = new Draining();
    ServerCounts counts = counts();
    for (int equal = 0; equal < 3; ) {
      pause();
      ServerCounts again = counts();
      boolean same = again.received() == counts.received();
      boolean decided = again.undecided() == 0 || !draining.goesOn(again);
      equal = same && decided ? equal + 1 : 0;
      counts = again;
    }
    return counts;
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw HostException.interrupted("a pause", e);
    }
  }
}
