package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.servers.Connection.request;
import static shedlab.servers.Waiting.await;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.servers.Connection.Answer;
import shedlab.task.CpuTask;

/** HTTP as every server must speak it. */
abstract class HttpContract extends ServerFixture {
  HttpContract(ServerKind kind) {
    super(kind);
  }

  @Test
  void tellsHowTheRequestFaredInHeaders() throws Exception {
    Answer answer = connect().get("/work?units=1000").read();
    assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
    assertThat(answer.header("Shedlab-Limit")).isEqualTo("1");
    assertThat(answer.header("Shedlab-Inflight")).isEqualTo("1");
    assertThat(Long.parseLong(answer.header("Shedlab-Queue-Delay"))).isZero();
    assertThat(Long.parseLong(answer.header("Shedlab-Service-Time"))).isBetween(100L, 10_000_000L);
  }

  @Test
  void answersPipelinedRequestsInOrder() throws Exception {
    Connection connection = connect();
    connection.send(
        request("GET", HELD)
            + request("GET", "/healthz")
            + request("HEAD", "/work?units=2")
            + request("GET", "/work?units=3")
            + request("GET", "/nowhere"));
    await("the first has begun").until(() -> task.begun.get() == 1);
    task.release();
    assertThat(connection.read().body()).isEqualTo("%016x\n".formatted(CpuTask.run(HeldTask.HELD)));
    assertThat(connection.read().body()).isEqualTo("ok\n");
    assertThat(connection.readHead().status()).isEqualTo(200);
    assertThat(connection.read().body()).isEqualTo("%016x\n".formatted(CpuTask.run(3)));
    assertThat(connection.read().status()).isEqualTo(404);
  }

  @Test
  void answersAThousandPipelinedRequests() throws Exception {
    Connection connection = connect();
    StringBuilder requests = new StringBuilder();
    for (int i = 1; i <= 1_000; i++) {
      requests.append(request("GET", i % 10 == 0 ? "/work?units=" + i : "/healthz"));
    }
    CompletableFuture<Connection> sent = // beside reading: the socket may fill up
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return connection.send(requests.toString());
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    for (int i = 1; i <= 1_000; i++) {
      assertThat(connection.read().body())
          .isEqualTo(i % 10 == 0 ? "%016x\n".formatted(CpuTask.run(i)) : "ok\n");
    }
    sent.join();
  }

  @Test
  void answersWhatWasPipelinedBehindAWaitingRequest() throws Exception {
    occupy();
    Connection waiter = connect().get("/work?units=1");
    await("one waits").until(() -> service.stats().waiting() == 1);
    waiter.get("/healthz").get("/work?units=2");
    task.release();
    assertThat(waiter.read().body()).isEqualTo("%016x\n".formatted(CpuTask.run(1)));
    assertThat(waiter.read().body()).isEqualTo("ok\n");
    assertThat(waiter.read().body()).isEqualTo("%016x\n".formatted(CpuTask.run(2)));
    assertThat(waiter.get("/healthz").read().status()).isEqualTo(200);
  }

  @Test
  void answersHeadLikeGetWithoutABody() throws Exception {
    Connection connection = connect().send(request("HEAD", "/work?units=5"));
    Answer head = connection.readHead();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo("17");
    assertThat(service.stats().admitted()).isEqualTo(1);
    assertThat(connection.get("/healthz").read().body()).isEqualTo("ok\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"})
  void refusesOtherMethods(String method) throws Exception {
    Answer answer = connect().send(request(method, "/work", "Content-Length: 0")).read();
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/work/", "/Work", "/work/x", "/metricsx", "/w%6frk"})
  void knowsNoOtherPath(String path) throws Exception {
    assertThat(connect().get(path).read().status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "units=abc",
        "units=",
        "units",
        "units=0",
        "units=-1",
        "units=+1",
        "units=1.5",
        "units=10000001",
        "units=99999999999999999999",
        "units=1&units=2",
        "unit=1",
        "units=1&x=2",
        "&",
        "units=%31",
        "units=1%00"
      })
  void refusesABadQueryAndKeepsTheConnection(String query) throws Exception {
    Connection connection = connect();
    Answer answer = connection.get("/work?" + query).read();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains(" (expected: ").endsWith(")\n");
    assertThat(service.stats().admitted()).isZero();
    assertThat(connection.get("/work?units=1").read().status()).isEqualTo(200);
  }

  @Test
  void namesTheRuleThatABadNumberBreaks() throws Exception {
    assertThat(connect().get("/work?units=abc").read().body())
        .isEqualTo("units: abc (expected: a whole number from 1 to 10000000)\n");
  }

  @Test
  void ignoresASmallBody() throws Exception {
    Connection connection = connect();
    connection.send(request("GET", "/work?units=1", "Content-Length: 5") + "he");
    connection.send("llo");
    assertThat(connection.read().status()).isEqualTo(200);
    connection.send(request("GET", "/work?units=1", "Transfer-Encoding: chunked"));
    connection.send("5\r\nhello\r\n0\r\n\r\n");
    assertThat(connection.read().status()).isEqualTo(200);
    assertThat(connection.get("/healthz").read().status()).isEqualTo(200);
  }

  @Test
  void asksForABodyThatWaitsToBeAskedFor() throws Exception {
    Connection connection = connect();
    connection.send(request("GET", "/work?units=1", "Content-Length: 5", "Expect: 100-continue"));
    assertThat(connection.readHead().status()).isEqualTo(100);
    assertThat(connection.send("hello").read().status()).isEqualTo(200);
  }

  @Test
  void refusesALargeBody() throws Exception {
    Connection declared = connect();
    Answer answer = declared.send(request("GET", "/work", "Content-Length: 65537")).read();
    assertThat(answer.status()).isEqualTo(413);
    assertThat(declared.isClosedByServer()).isTrue();
    Connection chunked = connect();
    chunked.send(request("GET", "/work", "Transfer-Encoding: chunked"));
    chunked.send("10001\r\n" + "x".repeat(65_537));
    assertThat(chunked.read().status()).isEqualTo(413);
    isServing();
  }

  @Test
  void refusesLargeHeaders() throws Exception {
    Connection connection = connect();
    Answer answer = connection.send(request("GET", "/work", "X: " + "x".repeat(9_000))).read();
    assertThat(answer.status()).isEqualTo(431);
    assertThat(connection.isClosedByServer()).isTrue();
    assertThat(connect().get("/" + "x".repeat(9_000)).read().status()).isEqualTo(431);
    isServing();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\r\n\r\n",
        "GET /work HTTP/1.1\r\n\r\n",
        "GET /work HTTP/1.1\r\nHost: test\r\nContent-Length: x\r\n\r\n"
      })
  void refusesAMalformedMessage(String bytes) throws Exception {
    Connection connection = connect();
    assertThat(connection.send(bytes).read().status()).isEqualTo(400);
    assertThat(connection.isClosedByServer()).isTrue();
    isServing();
  }

  @Test
  void speaksHttp10() throws Exception {
    Connection once = connect();
    assertThat(once.send("GET /work?units=1 HTTP/1.0\r\n\r\n").read().status()).isEqualTo(200);
    assertThat(once.isClosedByServer()).isTrue();
    Connection kept = connect();
    for (int i = 0; i < 2; i++) {
      kept.send("GET /work?units=1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertThat(kept.read().header("Connection")).isEqualToIgnoringCase("keep-alive");
    }
  }

  @Test
  void closesWhenAskedTo() throws Exception {
    Connection connection = connect();
    Answer answer = connection.send(request("GET", "/healthz", "Connection: close")).read();
    assertThat(answer.header("Connection")).isEqualTo("close");
    assertThat(connection.isClosedByServer()).isTrue();
  }

  @Test
  void servesAndShedsOverAConnectionEach() throws Exception {
    restart("fixed:limit=1");
    for (int i = 1; i <= 20; i++) {
      Connection connection = connect();
      connection.send(request("GET", "/work?units=" + i, "Connection: close"));
      Answer answer = connection.read();
      assertThat(answer.body()).isEqualTo("%016x\n".formatted(CpuTask.run(i)));
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(connection.isClosedByServer()).isTrue();
    }
    occupy();
    for (int i = 1; i <= 20; i++) {
      Connection connection = connect();
      Answer answer = connection.send(request("GET", "/work", "Connection: close")).read();
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(connection.isClosedByServer()).isTrue();
    }
    assertThat(service.stats().shedTotal()).isEqualTo(20);
  }

  @Test
  void aClientThatHasSentAllItWillIsStillAnswered() throws Exception {
    Connection connection = connect();
    connection.send(request("GET", "/work?units=2000") + request("GET", "/work?units=2")).finish();
    assertThat(connection.read().body()).isEqualTo("%016x\n".formatted(CpuTask.run(2_000)));
    assertThat(connection.read().body()).isEqualTo("%016x\n".formatted(CpuTask.run(2)));
    assertThat(connection.isClosedByServer()).isTrue();
  }
}
