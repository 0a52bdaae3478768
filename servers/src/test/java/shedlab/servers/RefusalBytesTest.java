package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.servers.Connection.request;
import static shedlab.servers.Waiting.await;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shedlab.servers.Connection.Answer;
import shedlab.task.CpuTask;

/**
 * A refusal on a connection that is kept comes encoded, past the server's encoder; one to HEAD, to
 * HTTP/1.0 or before the connection closes does not. They are the same refusal.
 */
@Timeout(60)
final class RefusalBytesTest {
  private static final int PIPELINED = 40_000;

  @SuppressWarnings("NullAway.Init") // every test begins with it
  private Service service;

  private Connection connect(ServerKind kind) throws Exception {
    if (service == null) {
      service = Service.start(kind, Configs.with("reject-all"), CpuTask::run);
    }
    return Connection.to(service.port());
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void saysWhatTheServersOwnEncoderSays(ServerKind kind) throws Exception {
    try (Connection kept = connect(kind);
        Connection closed = connect(kind)) {
      Answer encoded = kept.get("/work").read();
      Answer own = closed.send(request("GET", "/work", "Connection: close")).read();
      assertThat(own.header("Connection")).isEqualTo("close");
      assertThat(closed.isClosedByServer()).isTrue();
      assertThat(encoded.status()).isEqualTo(own.status()).isEqualTo(429);
      assertThat(encoded.body()).isEqualTo(own.body()).isEqualTo("shed\n");
      assertThat(undated(encoded)).isEqualTo(undated(own));
      assertThat(encoded.header("Date").length()).isEqualTo(own.header("Date").length());
    }
  }

  private static Map<String, String> undated(Answer answer) {
    Map<String, String> headers = new TreeMap<>(answer.headers());
    assertThat(headers.remove("date")).isNotNull();
    headers.remove("connection");
    return headers;
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void hasTheDateOfNow(ServerKind kind) throws Exception {
    try (Connection connection = connect(kind)) {
      String first = connection.get("/work").read().header("Date");
      await("another second")
          .until(() -> !connection.get("/work").read().header("Date").equals(first));
    }
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void dependsOnTheRequestOnlyWhereHttpSaysSo(ServerKind kind) throws Exception {
    try (Connection connection = connect(kind)) {
      Answer head = connection.send(request("HEAD", "/work")).readHead();
      assertThat(head.status()).isEqualTo(429);
      assertThat(head.header("Content-Length")).isEqualTo("5");
      connection.send(request("GET", "/work", "Content-Length: 3") + "abc");
      assertThat(connection.read().status()).isEqualTo(429);
      connection.send(request("GET", "/work", "Transfer-Encoding: chunked") + "0\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(429);
      connection.send(request("GET", "/work", "Expect: 100-continue", "Content-Length: 3"));
      assertThat(connection.readHead().status()).isEqualTo(100);
      assertThat(connection.send("abc").read().status()).isEqualTo(429);
      connection.send("GET /work HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      Answer old = connection.read();
      assertThat(old.status()).isEqualTo(429);
      assertThat(old.header("Connection")).isEqualToIgnoringCase("keep-alive");
      connection.send("GET /work HTTP/1.0\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(429);
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  /** More than the sockets hold: the server must send on when the client has read. */
  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void comesInOrderHoweverManyArePipelined(ServerKind kind) throws Exception {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < PIPELINED; i++) {
      requests.append(request(i % 50 == 7 ? "HEAD" : "GET", i % 100 == 0 ? "/healthz" : "/work"));
    }
    try (Connection connection = connect(kind)) {
      CompletableFuture<Void> sent = new CompletableFuture<>();
      Thread sender =
          new Thread(
              () -> {
                try {
                  connection.send(requests.toString()).finish();
                  sent.complete(null);
                } catch (IOException e) {
                  sent.completeExceptionally(e);
                }
              });
      sender.start();
      await("many are refused").until(() -> service.stats().shedTotal() >= 1_000);
      for (int i = 0; i < PIPELINED; i++) {
        Answer answer = i % 50 == 7 ? connection.readHead() : connection.read();
        assertThat(answer.status()).as("reply %d", i).isEqualTo(i % 100 == 0 ? 200 : 429);
      }
      sent.join();
      assertThat(connection.isClosedByServer()).isTrue();
      assertThat(service.stats().shedTotal()).isEqualTo(PIPELINED - PIPELINED / 100);
    }
  }

  @Test
  void nettyFlushesThoseTogetherThatItHasReadTogether() throws Exception {
    try (Connection connection = connect(ServerKind.NETTY)) {
      for (int i = 0; i < 100; i++) {
        connection.send(request("GET", "/work").repeat(10)).read();
        for (int left = 9; left > 0; left--) {
          assertThat(connection.available()).as("with %d left", left).isPositive();
          assertThat(connection.read().status()).isEqualTo(429);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void isFollowedByWhatTheConnectionBringsNext(ServerKind kind) throws Exception {
    try (Connection connection = connect(kind)) {
      for (int i = 0; i < 3; i++) {
        assertThat(connection.get("/work").read().status()).isEqualTo(429);
        assertThat(connection.get("/healthz").read().body()).isEqualTo("ok\n");
        assertThat(connection.get("/nowhere").read().status()).isEqualTo(404);
      }
    }
  }
}
