package shedlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthProbeTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @SuppressWarnings("NullAway.Init")
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private URI answering(HttpHandler handler) {
    server.createContext(
        "/healthz",
        exchange -> {
          asked.incrementAndGet();
          handler.handle(exchange);
        });
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Test
  void aServerThatStandsStillIsSeenByEveryProbeThatIsDueMeanwhile() {
    var goOn = new CountDownLatch(1);
    URI url =
        answering(
            exchange -> {
              try {
                goOn.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              exchange.sendResponseHeaders(200, -1);
            });
    try (HealthProbe probe = new HealthProbe(url.resolve("/healthz"))) {
      await("further probes while the first waits").until(() -> asked.get() >= 4);
      probe.end();
      int due = asked.get();
      goOn.countDown();
      assertThat(probe.latency().count()).isGreaterThanOrEqualTo(due);
    }
  }

  @Test
  void aProbeThatIsNotAnsweredWith200CountsAsOneThatTookTheWholePatience() {
    URI url = answering(exchange -> exchange.sendResponseHeaders(503, -1));
    try (HealthProbe probe = new HealthProbe(url.resolve("/healthz"))) {
      await().until(() -> asked.get() >= 2);
      assertThat(probe.latency().p50())
          .isGreaterThanOrEqualTo(HealthProbe.PATIENCE.toNanos() / 1_000);
    }
  }
}
