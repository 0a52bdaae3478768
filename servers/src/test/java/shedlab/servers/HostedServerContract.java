package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.servers.Connection.request;
import static shedlab.servers.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.admission.GateStats;
import shedlab.admission.Shed;
import shedlab.servers.Connection.Answer;
import shedlab.task.CpuTask;

/** What every server must do; one permit, two places to wait. */
@Timeout(60)
abstract class HostedServerContract {
  private static final String HELD = "/work?units=" + HeldTask.HELD;

  private final ServerKind kind;
  private final List<Connection> open = new ArrayList<>();
  private HeldTask task = new HeldTask();
  private Service service;

  HostedServerContract(ServerKind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void start() throws Exception {
    restart("fixed:limit=1+fifo:capacity=2,timeout=1min");
  }

  private void restart(String strategy) throws Exception {
    if (service != null) {
      service.close();
    }
    task = new HeldTask();
    service = Service.start(kind, Configs.with(strategy), task::run);
  }

  @AfterEach
  void stop() throws Exception {
    task.release();
    for (Connection connection : open) {
      connection.close();
    }
    service.close();
  }

  private Connection connect() throws Exception {
    Connection connection = Connection.to(service.port());
    open.add(connection);
    return connection;
  }

  /** Holds the only permit. */
  private Connection occupy() throws Exception {
    int before = task.begun.get();
    Connection holder = connect().get(HELD);
    eventually("the work has begun", () -> task.begun.get() > before);
    return holder;
  }

  /** Holds the permit and both places to wait. */
  private Connection fill() throws Exception {
    Connection holder = occupy();
    connect().get("/work");
    connect().get("/work");
    eventually("two wait", () -> service.stats().waiting() == 2);
    return holder;
  }

  private void isServing() throws Exception {
    assertThat(Connection.get(service.port(), "/work?units=3").status()).isEqualTo(200);
    assertThat(service.stats().inflight()).isZero();
    assertThat(service.stats().waiting()).isZero();
  }

  @Test
  void answersWithTheChecksumOfTheWork() throws Exception {
    Connection connection = connect();
    for (int units : new int[] {1, 2, 50}) {
      Answer answer = connection.get("/work?units=" + units).read();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("%016x\n".formatted(CpuTask.run(units)));
    }
    assertThat(connection.get("/work").read().body())
        .isEqualTo("%016x\n".formatted(CpuTask.run(Configs.TASK_UNITS)));
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
  void tellsHowLongARequestWaited() throws Exception {
    Connection holder = occupy();
    Connection waiter = connect().get("/work?units=1");
    eventually("one waits", () -> service.stats().waiting() == 1);
    task.release();
    assertThat(holder.read().status()).isEqualTo(200);
    assertThat(Long.parseLong(waiter.read().header("Shedlab-Queue-Delay"))).isPositive();
  }

  @Test
  void shedsWhenTheBacklogIsFullAndKeepsTheConnection() throws Exception {
    fill();
    Connection connection = connect();
    for (int i = 0; i < 3; i++) {
      Answer answer = connection.get("/work").read();
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(answer.header("Shedlab-Reason")).isEqualTo("full");
      assertThat(answer.body()).isEqualTo("shed\n");
    }
    task.release();
    eventually("all has finished", () -> service.stats().inflight() == 0);
    assertThat(connection.get("/work?units=1").read().status()).isEqualTo(200);
  }

  @Test
  void shedsAtTheLimitWithoutABacklog() throws Exception {
    restart("fixed:limit=1");
    occupy();
    assertThat(connect().get("/work").read().header("Shedlab-Reason")).isEqualTo("limit");
  }

  @Test
  void shedsWhoeverWaitsTooLong() throws Exception {
    restart("fixed:limit=1+fifo:capacity=2,timeout=50ms");
    occupy();
    Answer answer = connect().get("/work").read();
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Shedlab-Reason")).isEqualTo("expired");
  }

  @Test
  void answersProbesWhileTheGateIsFull() throws Exception {
    fill();
    Connection connection = connect();
    assertThat(connection.get("/healthz").read().body()).isEqualTo("ok\n");
    Answer metrics = connection.get("/metrics").read();
    assertThat(metrics.header("Content-Type")).startsWith("text/plain; version=0.0.4");
    assertThat(metrics.body().lines())
        .contains(
            "shedlab_limit 1",
            "shedlab_inflight 1",
            "shedlab_waiting 2",
            "shedlab_received_total 3",
            "shedlab_admitted_total 1",
            "shedlab_completed_total 0",
            "shedlab_shed_total{reason=\"full\"} 0",
            "shedlab_worker_queue 0")
        .anyMatch(line -> line.startsWith("process_cpu_seconds_total "))
        .anyMatch(line -> line.startsWith("jvm_gc_seconds_total "));
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
    eventually("the first has begun", () -> task.begun.get() == 1);
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
    eventually("one waits", () -> service.stats().waiting() == 1);
    waiter.get("/healthz").get("/work?units=2");
    task.release();
    assertThat(waiter.read().body()).isEqualTo("%016x\n".formatted(CpuTask.run(1)));
    assertThat(waiter.read().body()).isEqualTo("ok\n");
    assertThat(waiter.read().body()).isEqualTo("%016x\n".formatted(CpuTask.run(2)));
    assertThat(waiter.get("/healthz").read().status()).isEqualTo(200);
  }

  @Test
  void keepsAConnectionThatWaitedUsable() throws Exception {
    occupy();
    Connection waiter = connect().get("/work?units=1");
    eventually("one waits", () -> service.stats().waiting() == 1);
    task.release();
    assertThat(waiter.read().status()).isEqualTo(200);
    for (int i = 0; i < 3; i++) {
      assertThat(waiter.get("/work?units=1").read().status()).isEqualTo(200);
    }
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
  void noticesThatAClientWithABodyHasLeft() throws Exception {
    occupy();
    Connection waiter = connect();
    waiter.send(request("GET", "/work", "Content-Length: 5") + "he");
    waiter.send("llo");
    eventually("it waits", () -> service.stats().waiting() == 1);
    waiter.close();
    eventually("its place is free", () -> service.stats().waiting() == 0);
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
  void aClientThatLeavesWhileWaitingFreesItsPlaceAtOnce() throws Exception {
    occupy();
    Connection waiter = connect().get("/work");
    Connection resetter = connect().get("/work");
    eventually("both wait", () -> service.stats().waiting() == 2);
    waiter.close();
    resetter.reset();
    eventually("both places are free", () -> service.stats().waiting() == 0);
    assertThat(service.stats().shed()).containsEntry(Shed.ABANDONED, 2L);
    assertThat(service.stats().inflight()).isEqualTo(1);
  }

  @Test
  void aClientThatLeavesDuringItsWorkKeepsThePermitUntilTheWorkEnds() throws Exception {
    occupy().reset();
    Connection probe = connect();
    assertThat(probe.get("/healthz").read().status()).isEqualTo(200);
    assertThat(service.stats().inflight()).isEqualTo(1);
    task.release();
    eventually("the permit is back", () -> service.stats().inflight() == 0);
    isServing();
  }

  @Test
  void aTaskWithABugLosesNoPermit() throws Exception {
    Connection connection = connect();
    for (int i = 0; i < 3; i++) {
      assertThat(connection.get("/work?units=" + HeldTask.FAULTY).read().status()).isEqualTo(500);
    }
    isServing();
  }

  @Test
  void survivesAThousandAbruptDisconnects() throws Exception {
    restart("fixed:limit=4+fifo:capacity=64,timeout=1min");
    for (int i = 0; i < 1_000; i++) {
      Connection connection = Connection.to(service.port());
      switch (i % 5) {
        case 0 -> connection.get("/work?units=200");
        case 1 -> connection.get("/work?units=200").get("/work?units=1");
        case 2 -> connection.send("GET /work?units=1 HTTP/1.1\r\nHo");
        case 3 -> connection.send(request("GET", "/work", "Content-Length: 9") + "half");
        default -> connection.get("/healthz");
      }
      if (i % 2 == 0) {
        connection.reset();
      } else {
        connection.close();
      }
    }
    eventually("it serves", () -> Connection.get(service.port(), "/work").status() == 200);
    eventually(
        "every request has its decision and every permit is back",
        () -> {
          String metrics = Connection.get(service.port(), "/metrics").body();
          GateStats now = service.stats();
          return now.inflight() == 0
              && now.waiting() == 0
              && metrics.contains("shedlab_completed_total " + now.admitted() + "\n")
              && metrics.contains(
                  "shedlab_received_total " + (now.admitted() + now.shedTotal()) + "\n");
        });
    isServing();
  }

  @Test
  void drainsWhatIsInFlightAndWaitingAndRefusesTheRest() throws Exception {
    Connection idle = connect();
    assertThat(idle.get("/healthz").read().status()).isEqualTo(200);
    Connection early = connect();
    assertThat(early.get("/healthz").read().status()).isEqualTo(200);
    Connection holder = occupy();
    Connection waiter = connect().get("/work?units=1");
    eventually("one waits", () -> service.stats().waiting() == 1);
    service.startDraining();
    Answer refused = early.get("/work").read();
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.body()).isEqualTo("draining\n");
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.header("Connection")).isEqualTo("close");
    assertThat(early.isClosedByServer()).isTrue();
    task.release();
    assertThat(service.drain(Duration.ofSeconds(10))).isTrue();
    assertThat(holder.read().status()).isEqualTo(200);
    assertThat(waiter.read().status()).isEqualTo(200);
    assertThat(idle.isClosedByServer()).isTrue();
  }
}
