package shedlab.bench.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shedlab.bench.host.HostException;
import shedlab.task.CpuTask;

/** Asks a server, outside of any load, whether it keeps the contract and what it has counted. */
final class ServerProbe {
  private static final int SETTLE_SECONDS = 20;

  /** For a server that still works off what the warm-up left, on a machine that is busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI url;

  ServerProbe(URI url) {
    this.url = url;
  }

  /**
   * Verifies what every cell relies on: the checksum of real work, the problem answers, the doors
   * that never pass the gate.
   *
   * @param admits false if the strategy admits nobody: then work is answered 429
   * @throws HostException naming what the server answered instead
   */
  void verifyContract(boolean admits) {
    expect("/healthz", 200, "ok\n");
    for (int units : new int[] {1, 100}) {
      if (admits) {
        String checksum = String.format(Locale.ROOT, "%016x\n", CpuTask.run(units));
        expect("/work?units=" + units, 200, checksum);
      } else {
        expect("/work?units=" + units, 429, null);
      }
    }
    expect("/work?units=0", 400, null);
    expect("/nowhere", 404, null);
    if (counts().received() < 2) {
      throw new HostException("metrics: received < 2 (expected: the two requests just answered)");
    }
  }

  /**
   * The shortest of some service times, in seconds: one request at a time, nothing else running.
   */
  double serviceSeconds(int units) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long micros =
          get("/work?units=" + units).headers().firstValueAsLong("Shedlab-Service-Time").orElse(0);
      best = micros > 0 ? Math.min(best, micros) : best;
    }
    return best / 1e6;
  }

  /**
   * Makes the strategy forget: the warm-up's tiny tasks would have taught it a false baseline.
   * Expects an idle server.
   */
  void reset() {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/reset"))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer = send(request, "POST /reset");
    if (answer.statusCode() != 204) {
      throw new HostException(
          "POST /reset: " + answer.statusCode() + " " + answer.body().trim() + " (expected: 204)");
    }
  }

  /** What the server has counted since it started. */
  ServerCounts counts() {
    Map<String, Double> metrics = new HashMap<>();
    get("/metrics")
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              metrics.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            });
    return ServerCounts.of(metrics);
  }

  private void expect(String path, int status, @Nullable String body) {
    HttpResponse<String> answer = get(path);
    if (answer.statusCode() != status || (body != null && !body.equals(answer.body()))) {
      throw new HostException(
          String.format(
              Locale.ROOT,
              "GET %s: %d %s (expected: %d %s)",
              path,
              answer.statusCode(),
              answer.body().trim(),
              status,
              body == null ? "" : body.trim()));
    }
  }

  private HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(url.resolve(path)).timeout(PATIENCE).build(), "GET " + path);
  }

  private HttpResponse<String> send(HttpRequest request, String what) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new HostException(what + ": " + e.getMessage() + " (expected: an answer)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException("interrupted", e);
    }
  }

  /** Waits until nobody is in flight; false if that takes too long. */
  boolean awaitIdle() {
    for (int i = 0; i < SETTLE_SECONDS * 20; i++) {
      if (counts().idle()) {
        return true;
      }
      pause();
    }
    return false;
  }

  /** The counts once no more requests come out of socket buffers: three equal readings. */
  ServerCounts settledCounts() {
    ServerCounts counts = counts();
    for (int equal = 0; equal < 3; ) {
      pause();
      ServerCounts again = counts();
      boolean same = again.received() == counts.received();
      equal = same ? equal + 1 : 0;
      counts = again;
    }
    return counts;
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException("interrupted", e);
    }
  }
}
