package shedlab.bench.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shedlab.admission.Shed;
import shedlab.bench.control.ServerControl.Admits;
import shedlab.bench.host.HostException;
import shedlab.task.CpuTask;

/** Somebody's server that keeps the contract, or does not. */
class ServerProbeTest {
  private boolean refuses;
  private boolean tellsReason = true;
  private boolean works = true;

  /** Readings of the CPU time that still grow, by a minute each. */
  private final AtomicInteger busyReadings = new AtomicInteger();

  private final AtomicInteger cpuSeconds = new AtomicInteger();

  @SuppressWarnings("NullAway.Init")
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext("/", exchange -> reply(exchange, 404, ""));
    server.createContext("/healthz", exchange -> reply(exchange, 200, "ok\n"));
    server.createContext("/metrics", exchange -> reply(exchange, 200, metrics()));
    server.createContext("/work", this::work);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void work(HttpExchange exchange) throws IOException {
    int units = Integer.parseInt(exchange.getRequestURI().getQuery().replace("units=", ""));
    if (units == 0) {
      reply(exchange, 400, "units: 0 (expected: 1 or more)\n");
    } else if (refuses) {
      if (tellsReason) {
        exchange.getResponseHeaders().set("Shedlab-Reason", "policed");
      }
      reply(exchange, 429, "shed\n");
    } else {
      long checksum = works ? CpuTask.run(units) : 7;
      reply(exchange, 200, String.format(Locale.ROOT, "%016x\n", checksum));
    }
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String metrics() {
    StringBuilder text = new StringBuilder("# HELP all of them\n");
    for (Shed reason : Shed.values()) {
      text.append("shedlab_shed_total{reason=\"");
      text.append(reason.name().toLowerCase(Locale.ROOT)).append("\"} 0\n");
    }
    for (String name : new String[] {"inflight", "waiting", "received_total", "admitted_total"}) {
      text.append("shedlab_").append(name).append(" 2\n");
    }
    if (busyReadings.getAndDecrement() > 0) {
      cpuSeconds.addAndGet(60);
    }
    text.append("process_cpu_seconds_total ").append(cpuSeconds).append('\n');
    return text.append("shedlab_completed_total 2\n").toString();
  }

  private ServerProbe probe() {
    return new ServerProbe(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @Test
  void whatAStrategyDecidesIsRightEitherWay() {
    assertThatCode(() -> probe().verifyContract(Admits.SOME)).doesNotThrowAnyException();
    refuses = true;
    assertThatCode(() -> probe().verifyContract(Admits.SOME)).doesNotThrowAnyException();
  }

  @Test
  void aRefusalWithoutAReasonIsWrongWhateverTheStrategy() {
    refuses = true;
    tellsReason = false;
    for (Admits admits : Admits.values()) {
      assertThatThrownBy(() -> probe().verifyContract(admits))
          .isInstanceOf(HostException.class)
          .hasMessageStartingWith("GET /work?units=1: 429 shed (expected: ");
    }
  }

  @Test
  void aWrongChecksumIsWrongWhateverTheStrategy() {
    works = false;
    for (Admits admits : Admits.values()) {
      assertThatThrownBy(() -> probe().verifyContract(admits))
          .isInstanceOf(HostException.class)
          .hasMessageStartingWith("GET /work?units=1: 200 0000000000000007 (expected: ");
    }
  }

  @Test
  void anIdleServerIsWaitedForUntilItCompilesNoMore() {
    busyReadings.set(3);

    probe().awaitQuiet();

    assertThat(busyReadings).hasNonPositiveValue();
    assertThat(cpuSeconds).hasValue(180);
  }

  @Test
  void aServerThatIsGoneIsNamedAndNotNull() {
    ServerProbe probe = probe();
    server.stop(0);
    assertThatThrownBy(probe::counts)
        .isInstanceOf(HostException.class)
        .hasMessage("GET /metrics: ConnectException (expected: an answer)");
  }

  @Test
  void serviceTimesThatAServerDoesNotTellAreAnError() {
    assertThatThrownBy(() -> probe().serviceSeconds(1))
        .isInstanceOf(HostException.class)
        .hasMessageEndingWith("(expected: 200 with a Shedlab-Service-Time above 0)");
  }
}
