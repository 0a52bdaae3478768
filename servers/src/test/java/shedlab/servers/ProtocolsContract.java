package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shedlab.servers.Waiting.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shedlab.admission.Shed;
import shedlab.servers.host.Protocol;
import shedlab.servers.host.RefuseWith;
import shedlab.task.CpuTask;

/** What every server must do over TLS and HTTP/2 as it does over HTTP/1.1 in clear. */
@Timeout(60)
abstract class ProtocolsContract {
  private static final String QUEUE = "fixed:limit=1+fifo:capacity=2,timeout=1min";
  private static final String HELD = "/work?units=" + HeldTask.HELD;

  private final ServerKind kind;
  private final HeldTask task = new HeldTask();
  private Protocol protocol = Protocol.HTTP;

  @SuppressWarnings("NullAway.Init") // each test starts its own
  private Service service;

  @SuppressWarnings("NullAway.Init")
  private HttpClient client;

  ProtocolsContract(ServerKind kind) {
    this.kind = kind;
  }

  private void start(Protocol protocol, RefuseWith refuseWith, String strategy) throws Exception {
    this.protocol = protocol;
    service = Service.start(kind, Configs.with(strategy, protocol, refuseWith), task::run);
    client = Clients.speaking(protocol);
  }

  private void start(Protocol protocol) throws Exception {
    start(protocol, RefuseWith.STATUS, QUEUE);
  }

  @AfterEach
  void stop() throws Exception {
    task.release();
    if (service != null) {
      service.close();
    }
  }

  private HttpRequest.Builder request(String target) {
    String scheme = protocol.isEncrypted() ? "https" : "http";
    return HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + service.port() + target));
  }

  private CompletableFuture<HttpResponse<String>> ask(String target) {
    return client.sendAsync(request(target).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String target) throws Exception {
    return client.send(request(target).build(), BodyHandlers.ofString());
  }

  private static String field(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("(none)");
  }

  /** Holds the only permit. */
  private CompletableFuture<HttpResponse<String>> occupy() {
    CompletableFuture<HttpResponse<String>> holder = ask(HELD);
    await("the work has begun").until(() -> task.begun.get() > 0);
    return holder;
  }

  /** Holds the permit and both places to wait. */
  private List<CompletableFuture<HttpResponse<String>>> fill() {
    var inside = new ArrayList<>(List.of(occupy()));
    inside.add(ask("/work"));
    inside.add(ask("/work"));
    await("two wait").until(() -> service.stats().waiting() == 2);
    return inside;
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTPS", "H2"})
  void answersWithTheChecksumOfTheWork(Protocol protocol) throws Exception {
    start(protocol);
    for (int units : new int[] {1, 2, 50}) {
      HttpResponse<String> response = get("/work?units=" + units);
      assertThat(response.version())
          .isEqualTo(
              protocol == Protocol.H2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("%016x\n".formatted(CpuTask.run(units)));
      assertThat(field(response, "Shedlab-Limit")).isEqualTo("1");
      assertThat(field(response, "Date")).endsWith(" GMT");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTPS", "H2"})
  void shedsWithAReasonAndServesAgainLater(Protocol protocol) throws Exception {
    start(protocol);
    var inside = fill();
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> response = get("/work");
      assertThat(response.statusCode()).isEqualTo(429);
      assertThat(field(response, "Retry-After")).isEqualTo("1");
      assertThat(field(response, "Shedlab-Reason")).isEqualTo("full");
      assertThat(field(response, "Content-Length")).isEqualTo("5");
      assertThat(response.headers().map()).doesNotContainKey("connection");
      assertThat(response.body()).isEqualTo("shed\n");
    }
    task.release();
    for (var one : inside) {
      assertThat(one.get().statusCode()).isEqualTo(200);
    }
    assertThat(get("/work?units=1").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTPS", "H2"})
  void answersHeadAndOtherPathsAndMethods(Protocol protocol) throws Exception {
    start(protocol);
    HttpRequest head = request("/work?units=1").method("HEAD", BodyPublishers.noBody()).build();
    HttpResponse<String> headed = client.send(head, BodyHandlers.ofString());
    assertThat(headed.statusCode()).isEqualTo(200);
    assertThat(field(headed, "Content-Length")).isEqualTo("17");
    assertThat(headed.body()).isEmpty();
    assertThat(get("/nowhere").statusCode()).isEqualTo(404);
    HttpRequest post = request("/work").POST(BodyPublishers.ofString("body")).build();
    HttpResponse<String> posted = client.send(post, BodyHandlers.ofString());
    assertThat(posted.statusCode()).isEqualTo(405);
    assertThat(field(posted, "Allow")).isEqualTo("GET, HEAD");
    HttpRequest reset = request("/reset").POST(BodyPublishers.noBody()).build();
    assertThat(client.send(reset, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
    HttpResponse<String> bad = get("/work?units=none");
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(bad.body()).startsWith("units: none (expected: ");
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTPS", "H2"})
  void answersProbesWhileTheGateIsFull(Protocol protocol) throws Exception {
    start(protocol);
    fill();
    assertThat(get("/healthz").body()).isEqualTo("ok\n");
    assertThat(get("/metrics").body().lines()).contains("shedlab_waiting 2");
  }

  @Test
  void decidesOnEachStreamOfAConnectionAndAnswersInAnyOrder() throws Exception {
    start(Protocol.H2);
    var inside = fill(); // the answer to the first stream comes last
    var refused = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int i = 0; i < 50; i++) {
      refused.add(ask("/work"));
    }
    for (var one : refused) {
      assertThat(one.get().statusCode()).isEqualTo(429);
    }
    assertThat(inside).noneMatch(CompletableFuture::isDone);
    task.release();
    for (var one : inside) {
      assertThat(one.get().statusCode()).isEqualTo(200);
    }
    assertThat(service.stats().shed()).containsEntry(Shed.FULL, 50L);
  }

  @Test
  void aStreamThatItsClientResetsFreesItsPlace() throws Exception {
    start(Protocol.H2);
    CompletableFuture<HttpResponse<String>> holder = occupy();
    CompletableFuture<HttpResponse<String>> waiter = ask("/work");
    await("it waits").until(() -> service.stats().waiting() == 1);
    waiter.cancel(true);
    await("its place is free").until(() -> service.stats().waiting() == 0);
    await("it is counted")
        .until(() -> service.stats().shed().getOrDefault(Shed.ABANDONED, 0L) == 1);
    assertThat(holder).as("another stream of the connection").isNotDone();
    task.release();
    assertThat(holder.get().statusCode()).isEqualTo(200);
  }

  /** Over HTTP/1.1 and TLS, the end of the connection; for servers that look for it. */
  final void noticesOverTlsThatAClientHasLeft() throws Exception {
    start(Protocol.HTTPS);
    CompletableFuture<HttpResponse<String>> holder = occupy();
    CompletableFuture<HttpResponse<String>> waiter = ask("/work");
    await("it waits").until(() -> service.stats().waiting() == 1);
    waiter.cancel(true);
    await("its place is free").until(() -> service.stats().waiting() == 0);
    await("it is counted")
        .until(() -> service.stats().shed().getOrDefault(Shed.ABANDONED, 0L) == 1);
    assertThat(holder).isNotDone();
  }

  @Test
  void drainsWhatIsInsideAndRefusesTheRest() throws Exception {
    start(Protocol.H2);
    CompletableFuture<HttpResponse<String>> holder = occupy();
    CompletableFuture<HttpResponse<String>> early = ask("/healthz");
    assertThat(early.get().statusCode()).isEqualTo(200);
    service.startDraining();
    HttpResponse<String> refused = get("/work");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).isEqualTo("draining\n");
    task.release();
    assertThat(service.drain(Duration.ofSeconds(10))).isTrue();
    assertThat(holder.get().statusCode()).isEqualTo(200);
  }

  @Test
  void refusesByAResetOfTheStream() throws Exception {
    start(Protocol.H2, RefuseWith.RESET, QUEUE);
    var inside = fill();
    var refused = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int i = 0; i < 300; i++) { // more than servers send in half a minute by default
      refused.add(ask("/work"));
    }
    for (var one : refused) {
      assertThatThrownBy(one::get).hasMessageContaining("Stream not processed");
    }
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(inside).as("other streams of the connection").noneMatch(CompletableFuture::isDone);
    assertThat(service.stats().shed()).containsEntry(Shed.FULL, 300L);
    task.release();
    for (var one : inside) {
      assertThat(one.get().statusCode()).isEqualTo(200);
    }
    assertThat(get("/work?units=1").statusCode()).isEqualTo(200);
  }

  @Test
  void aRequestThatWaitedInVainIsResetToo() throws Exception {
    start(Protocol.H2, RefuseWith.RESET, "fixed:limit=1+fifo:capacity=2,timeout=50ms");
    CompletableFuture<HttpResponse<String>> holder = occupy();
    assertThatThrownBy(() -> ask("/work").get()).hasMessageContaining("Stream not processed");
    assertThat(service.stats().shed())
        .containsEntry(Shed.EXPIRED, 1L)
        .containsEntry(Shed.ABANDONED, 0L);
    assertThat(holder).isNotDone();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void closesNewConnectionsAtOnceWhileTheGateRefuses(Protocol protocol) throws Exception {
    start(protocol, RefuseWith.CONNECTION, QUEUE);
    var inside = fill();
    await("a connection is closed before anything is sent")
        .until(() -> insist("/work").statusCode() == 429 && isClosedAtOnce());
    String metrics = insist("/metrics").body();
    assertThat(count(metrics, "shedlab_shed_total{reason=\"full\"} ")).isGreaterThan(1);
    assertThat(count(metrics, "shedlab_received_total "))
        .isEqualTo(3 + count(metrics, "shedlab_shed_total{reason=\"full\"} "));
    task.release();
    for (var one : inside) {
      assertThat(one.get().statusCode()).isEqualTo(200);
    }
    client = Clients.speaking(protocol);
    assertThat(get("/work?units=1").statusCode()).as("on a new connection").isEqualTo(200);
  }

  @Test
  void aGateThatRefusesWithoutWorkIsAskedAgain() throws Exception {
    start(Protocol.HTTP, RefuseWith.CONNECTION, "reject-all");
    await("a connection is closed")
        .until(
            () -> {
              try {
                return Connection.get(service.port(), "/work").status() != 429;
              } catch (IOException closed) {
                return true;
              }
            });
    await("another reaches the gate")
        .until(
            () -> {
              try {
                return Connection.get(service.port(), "/work").status() == 429;
              } catch (IOException closed) {
                return false;
              }
            });
  }

  /** The answer over a connection that is open; the client may try new ones before. */
  private HttpResponse<String> insist(String target) throws InterruptedException {
    while (true) {
      try {
        return client.send(request(target).build(), BodyHandlers.ofString());
      } catch (IOException closed) {
        // Once more.
      }
    }
  }

  private static long count(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length())))
        .sum();
  }

  /** Connects and says nothing: a server that took the connection says nothing either. */
  private boolean isClosedAtOnce() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.setSoTimeout(20);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "HTTPS"})
  void onlyStreamsCanBeReset(Protocol protocol) {
    assertThatThrownBy(() -> start(protocol, RefuseWith.RESET, QUEUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "refuse-with: reset"
                + " (expected: 429 or connection; only with protocol h2 a stream is reset)");
  }
}
