package shedlab.bench.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import shedlab.report.result.Latency;

/**
 * Asks {@code /healthz} ten times a second, as a load balancer would, while a load runs. Response
 * times count from the intended start: a probe that waits for the one before it is late.
 */
final class HealthProbe implements AutoCloseable {
  private static final long EVERY_NANOS = 100_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final HttpRequest request;
  private final Histogram micros = new Histogram(3);
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final long zero = System.nanoTime();
  private long asked;

  HealthProbe(URI server) {
    request = HttpRequest.newBuilder(server.resolve("/healthz")).timeout(PATIENCE).build();
    var unused = clock.scheduleAtFixedRate(this::ask, 0, EVERY_NANOS, TimeUnit.NANOSECONDS);
  }

  private void ask() {
    long intended = zero + asked++ * EVERY_NANOS;
    try {
      http.send(request, BodyHandlers.discarding());
    } catch (IOException e) {
      // No answer in time counts as one that took so long.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    micros.recordValue(Math.max(0, (System.nanoTime() - intended) / 1_000));
  }

  /** Ends and tells. */
  Latency latency() {
    close();
    return Latency.of(micros);
  }

  @Override
  public void close() {
    clock.shutdown();
    try {
      if (!clock.awaitTermination(PATIENCE.toSeconds() + 1, TimeUnit.SECONDS)) {
        clock.shutdownNow();
      }
    } catch (InterruptedException e) {
      clock.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
