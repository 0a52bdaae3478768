package shedlab.servers.jetty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.LocalConnector.LocalEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shedlab.admission.NanoClock;
import shedlab.servers.endpoint.NativeLimit;
import shedlab.strategy.Strategies;

class JettyLimiterTest {
  private final Server server = new Server();
  private final LocalConnector connector = new LocalConnector(server);
  private final Queue<Runnable> working = new ConcurrentLinkedQueue<>();
  private final AtomicInteger refused = new AtomicInteger();
  private JettyLimiter limiter;

  @BeforeEach
  void start() throws Exception {
    server.addConnector(connector);
    limiter =
        JettyLimiter.of(
            (NativeLimit)
                Strategies.installed().parse("native:limit=2,queue=1").admission(NanoClock.SYSTEM),
            server);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            limiter.pass(
                request,
                response,
                callback,
                () -> working.add(() -> answer(response, 200, callback)),
                () -> {
                  refused.incrementAndGet();
                  answer(response, 429, callback);
                });
            return true;
          }
        });
    server.start();
  }

  private static void answer(Response response, int status, Callback callback) {
    response.setStatus(status);
    response.write(true, null, callback);
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  /**
   * Jetty's handler counts a request that it refuses among those that wait, for a moment in which
   * another thread may look for it for ever.
   */
  @Test
  void neverLetsTheHandlerRefuseARequest() throws Exception {
    List<LocalEndPoint> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(connector.executeRequest("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    }
    await("two work, one waits")
        .until(() -> working.size() == 2 && limiter.getSuspendedRequestCount() == 1);
    assertThat(connector.getResponse("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).contains("429");
    assertThat(refused).hasValue(1);
    assertThat(limiter.getTotalExceededRequestCount()).isZero();
    assertThat(limiter.getMaxSuspendedRequestCount()).as("of the handler: no limit").isNegative();

    for (int i = 0; i < 3; i++) {
      await("one works").until(() -> !working.isEmpty());
      working.remove().run();
    }
    for (LocalEndPoint client : clients) {
      assertThat(client.getResponse(false, 5, SECONDS)).contains("200");
    }
    for (int i = 0; i < 3; i++) { // every place is free again
      connector.executeRequest("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    await("two work, one waits")
        .until(() -> working.size() == 2 && limiter.getSuspendedRequestCount() == 1);
    assertThat(refused).hasValue(1);
  }
}
