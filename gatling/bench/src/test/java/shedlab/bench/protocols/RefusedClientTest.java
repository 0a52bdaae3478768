package shedlab.bench.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shedlab.bench.host.ControlClient;
import shedlab.bench.host.HostException;

class RefusedClientTest {
  private final AtomicInteger answered = new AtomicInteger();
  private final CountDownLatch twice = new CountDownLatch(2);
  private volatile int refusals = Integer.MAX_VALUE;
  private HttpServer server;

  private final HttpClient http =
      ControlClient.trustingAnyKey(Duration.ofSeconds(5), HttpClient.Version.HTTP_1_1);

  @BeforeEach
  void serve() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.createContext(
        "/",
        exchange -> {
          int status = answered.incrementAndGet() <= refusals ? 429 : 200;
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
          twice.countDown();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private RefusedClient start() {
    return RefusedClient.start(
        http, URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/work"));
  }

  @Test
  void itCountsEveryRefusalOnceAndHasEndedWhenItIsClosed() throws Exception {
    RefusedClient client = start();
    try (client) {
      twice.await();
    }

    assertThat(client.refused()).isEqualTo(answered.get()).isGreaterThanOrEqualTo(2);
    assertThat(client.problem()).isEmpty();
  }

  @Test
  void anAnswerThatIsNoRefusalEndsIt() throws Exception {
    refusals = 1;
    RefusedClient client = start();
    try (client) {
      twice.await();
    }

    assertThat(client.problem()).isEqualTo("status 200");
  }

  @Test
  void aServerThatDoesNotRefuseIsToldAtOnce() {
    refusals = 0;

    assertThatThrownBy(this::start)
        .isInstanceOf(HostException.class)
        .hasMessage("the client beside the load: status 200 (expected: a 429)");
  }
}
