package shedlab.bench.run;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import shedlab.bench.host.ControlClient;
import shedlab.report.result.Latency;

/**
 * Asks for the health ten times a second, as a load balancer would, while a load runs. No probe
 * waits for the one before it, and response times count from the intended start: a server that
 * stands still is seen by every probe that was due meanwhile. A probe that is not answered with 200
 * counts as one that took {@link #PATIENCE}.
 */
final class HealthProbe implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final long EVERY_NANOS = 100_000_000;

  private final HttpClient http = ControlClient.connectingWithin(PATIENCE);
  private final HttpRequest request;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final long zero = System.nanoTime();

  /**
   * What each probe took, in microseconds. Used by the clock's thread alone, until it has ended.
   */
  private final List<CompletableFuture<Long>> asked = new ArrayList<>();

  HealthProbe(URI health) {
    request = HttpRequest.newBuilder(health).timeout(PATIENCE).build();
    var unused = clock.scheduleAtFixedRate(this::ask, 0, EVERY_NANOS, TimeUnit.NANOSECONDS);
  }

  private void ask() {
    askThoseDueBy(System.nanoTime());
  }

  private void askThoseDueBy(long now) {
    for (long due = nextDue(); due - now <= 0; due = nextDue()) {
      long intended = due;
      asked.add(
          http.sendAsync(request, BodyHandlers.discarding())
              .orTimeout(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS)
              .handle((response, failure) -> micros(response, System.nanoTime() - intended)));
    }
  }

  private long nextDue() {
    return zero + asked.size() * EVERY_NANOS;
  }

  private static long micros(@Nullable HttpResponse<Void> response, long nanos) {
    boolean healthy = response != null && response.statusCode() == 200;
    return (healthy ? nanos : Math.max(nanos, PATIENCE.toNanos())) / 1_000;
  }

  /** Ends, and tells of every probe that was due until then. Waits for those under way. */
  Latency latency() {
    end();
    Histogram micros = new Histogram(3);
    asked.forEach(probe -> micros.recordValue(Math.max(0, probe.join())));
    return Latency.of(micros);
  }

  @Override
  public void close() {
    end();
  }

  /** From now on no further probe is due. Any number of times. */
  void end() {
    if (clock.isShutdown()) {
      return;
    }
    long end = System.nanoTime();
    clock.shutdown();
    try {
      if (clock.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        askThoseDueBy(end); // a clock that got no CPU time is late
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
