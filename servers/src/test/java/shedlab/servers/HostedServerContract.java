package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.servers.Connection.request;
import static shedlab.servers.Waiting.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.admission.GateStats;
import shedlab.admission.Shed;
import shedlab.retry.RetryAfter;
import shedlab.servers.Connection.Answer;
import shedlab.task.CpuTask;

/** What every server must do: admission, departures, draining, and HTTP. */
abstract class HostedServerContract extends HttpContract {
  HostedServerContract(ServerKind kind) {
    super(kind);
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
  void tellsHowLongARequestWaited() throws Exception {
    Connection holder = occupy();
    Connection waiter = connect().get("/work?units=1");
    await("one waits").until(() -> service.stats().waiting() == 1);
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
    await("all has finished").until(this::isIdle);
    assertThat(connection.get("/work?units=1").read().status()).isEqualTo(200);
  }

  @Test
  void saysAConstantRetryAfter() throws Exception {
    restart(Configs.saying("reject-all+none", new RetryAfter(7)));

    assertThat(connect().get("/work").read().header("Retry-After")).isEqualTo("7");
  }

  @Test
  void saysHowLongTheGateNeedsForWhatItHas() throws Exception {
    restart(Configs.saying("fixed:limit=1+fifo:capacity=2,timeout=1min", RetryAfter.DRAIN));
    Connection other = connect();
    assertThat(other.get("/work?units=1").read().status()).isEqualTo(200);
    fill();
    // One request has ended, and none does: the longer that lasts, the longer three need.
    await("more than jitter")
        .until(() -> Integer.parseInt(other.get("/work").read().header("Retry-After")) > 2);
    task.release();
    await("all has finished").until(this::isIdle);
    assertThat(other.get("/work?units=1").read().status()).isEqualTo(200);
  }

  @Test
  void aFullGateOfWhichNothingIsKnownAsksForOneOrTwoSeconds() throws Exception {
    restart(Configs.saying("fixed:limit=1+fifo:capacity=2,timeout=1min", RetryAfter.DRAIN));
    fill();
    Connection connection = connect();
    Set<String> said = new TreeSet<>();
    for (int i = 0; i < 100; i++) {
      said.add(String.valueOf(connection.get("/work").read().header("Retry-After")));
    }

    assertThat(said).containsExactly("1", "2");
    task.release();
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
        .anyMatch(line -> line.startsWith("jvm_gc_seconds_total "))
        .anyMatch(line -> line.matches("shedlab_epoch_micros [1-9]\\d{15}"))
        .anyMatch(line -> line.matches("jvm_allocated_bytes [1-9]\\d*"));
  }

  @Test
  void keepsAConnectionThatWaitedUsable() throws Exception {
    occupy();
    Connection waiter = connect().get("/work?units=1");
    await("one waits").until(() -> service.stats().waiting() == 1);
    task.release();
    assertThat(waiter.read().status()).isEqualTo(200);
    for (int i = 0; i < 3; i++) {
      assertThat(waiter.get("/work?units=1").read().status()).isEqualTo(200);
    }
  }

  @Test
  void noticesThatAClientWithABodyHasLeft() throws Exception {
    occupy();
    Connection waiter = connect();
    waiter.send(request("GET", "/work", "Content-Length: 5") + "he");
    waiter.send("llo");
    await("it waits").until(() -> service.stats().waiting() == 1);
    waiter.close();
    await("its place is free").until(() -> service.stats().waiting() == 0);
  }

  @Test
  void aClientThatLeavesWhileWaitingFreesItsPlaceAtOnce() throws Exception {
    occupy();
    Connection waiter = connect().get("/work");
    Connection resetter = connect().get("/work");
    await("both wait").until(() -> service.stats().waiting() == 2);
    waiter.close();
    resetter.reset();
    await("both are shed").until(() -> service.stats().shedTotal() == 2);
    assertThat(service.stats().shed()).containsEntry(Shed.ABANDONED, 2L);
    assertThat(service.stats().waiting()).isZero();
    assertThat(service.stats().inflight()).isEqualTo(1);
  }

  /** RFC 9112, 9.6: the end of what it sends is not the end of the connection. */
  @Test
  void aClientThatSendsNoMoreKeepsItsPlaceAndIsAnsweredInItsTurn() throws Exception {
    occupy();
    Connection waiter = connect().get("/work?units=2");
    waiter.finish();
    assertThat(waiter.read().status()).as("the server has seen the end, and asks").isEqualTo(100);
    assertThat(waiter.read().status()).as("again").isEqualTo(100);
    assertThat(service.stats().waiting()).isEqualTo(1);
    task.release();
    assertThat(waiter.readFinal().body()).isEqualTo("%016x\n".formatted(CpuTask.run(2)));
    assertThat(waiter.isClosedByServer()).isTrue();
    assertThat(service.stats().shedTotal()).isZero();
  }

  @Test
  void aClientThatSendsNoMoreAndThenLeavesFreesItsPlace() throws Exception {
    occupy();
    Connection waiter = connect().get("/work");
    waiter.finish();
    assertThat(waiter.read().status()).isEqualTo(100);
    waiter.close();
    await("it is shed").until(() -> service.stats().shedTotal() == 1);
    assertThat(service.stats().shed()).containsEntry(Shed.ABANDONED, 1L);
    assertThat(service.stats().waiting()).isZero();
  }

  @Test
  void anOldClientThatSendsNoMoreIsAnsweredWithoutInterimResponses() throws Exception {
    occupy();
    Connection waiter = connect().send("GET /work?units=2 HTTP/1.0\r\n\r\n");
    waiter.finish();
    Connection resetter = connect().send("GET /work?units=2 HTTP/1.0\r\n\r\n");
    await("both wait").until(() -> service.stats().waiting() == 2);
    assertThat(waiter.isSilentFor(100)).isTrue();
    resetter.reset();
    await("one place is free").until(() -> service.stats().waiting() == 1);
    task.release();
    assertThat(waiter.read().body()).isEqualTo("%016x\n".formatted(CpuTask.run(2)));
  }

  /** RFC 9112, 8: it may still read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\n\r\n",
        "Content-Length: 5\r\n\r\nhalf",
        "Transfer-Encoding: chunked\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhalf",
        "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"
      })
  void aClientThatSendsNoMoreInTheMiddleOfItsBodyIsRefused(String half) throws Exception {
    Connection connection = connect().send("GET /work HTTP/1.1\r\nHost: t\r\n" + half);
    connection.finish();
    assertThat(connection.read().status()).isEqualTo(400);
    assertThat(connection.isClosedByServer()).isTrue();
    assertThat(service.stats().admitted()).isZero();
    isServing();
  }

  @Test
  void aClientThatLeavesDuringItsWorkKeepsThePermitUntilTheWorkEnds() throws Exception {
    occupy().reset();
    Connection probe = connect();
    assertThat(probe.get("/healthz").read().status()).isEqualTo(200);
    assertThat(service.stats().inflight()).isEqualTo(1);
    task.release();
    await("the permit is back").until(this::isIdle);
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
    await("it serves").until(() -> Connection.get(service.port(), "/work").status() == 200);
    await("every request has its decision and every permit is back")
        .until(
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
  void aResetMakesTheStrategyForgetAndTheCountersGoOn() throws Exception {
    restart("aimd:initial=4,min=1,max=64,timeout=1us");
    Connection connection = connect();
    connection.get("/work").read();
    await("the limit has learnt").until(() -> isIdle() && service.stats().limit() == 3);
    Answer answer = connection.send(request("POST", "/reset", "Content-Length: 0")).readHead();
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.headers()).doesNotContainKeys("content-length", "content-type");
    assertThat(service.stats().limit()).isEqualTo(4);
    assertThat(connection.get("/work?units=1").read().header("Shedlab-Limit")).isEqualTo("4");
    assertThat(connection.get("/metrics").read().body().lines())
        .contains(
            "shedlab_received_total 2", "shedlab_admitted_total 2", "shedlab_completed_total 2");
  }

  @Test
  void aResetIsRefusedWhileAnybodyIsUnderWay() throws Exception {
    fill();
    Connection connection = connect();
    Answer answer = connection.send(request("POST", "/reset", "Content-Length: 0")).read();
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body())
        .isEqualTo("reset: 3 under way (expected: nothing in flight or waiting)\n");
    task.release();
    await("all has finished").until(this::isIdle);
    isServing();
    assertThat(connection.send(request("POST", "/reset")).readHead().status()).isEqualTo(204);
    isServing();
  }

  @Test
  void aStrategyThatIsOffRefusesNobodyUntilTheNextReset() throws Exception {
    restart("reject-all+none");
    Connection connection = connect();
    assertThat(connection.get("/work?units=1").read().status()).isEqualTo(429);
    assertThat(connection.send(request("POST", "/reset?strategy=off")).readHead().status())
        .isEqualTo(204);
    for (int i = 0; i < 3; i++) {
      assertThat(connection.get("/work?units=1").read().status()).isEqualTo(200);
    }
    assertThat(connection.send(request("POST", "/reset")).readHead().status()).isEqualTo(204);
    assertThat(connection.get("/work?units=1").read().status()).isEqualTo(429);
    assertThat(service.stats().admitted()).isEqualTo(3);
  }

  @Test
  void aResetCanBringAnotherStrategyWhichStays() throws Exception {
    restart("reject-all+none");
    Connection connection = connect();
    assertThat(reset(connection, "fixed:limit%3D1").status()).isEqualTo(204);
    assertThat(connection.get("/work?units=1").read().status()).isEqualTo(200);
    assertThat(connection.send(request("POST", "/reset")).readHead().status()).isEqualTo(204);
    assertThat(connection.get("/work?units=1").read().status()).isEqualTo(200);
    assertThat(reset(connection, "reject-all%2Bnone").status()).isEqualTo(204);
    assertThat(connection.get("/work?units=1").read().status()).isEqualTo(429);
    assertThat(service.stats().admitted()).isEqualTo(2);
  }

  @Test
  void aStrategyThatARunningServerCannotTakeChangesNothing() throws Exception {
    restart("reject-all+none");
    Connection connection = connect();
    Answer unknown = reset(connection, "fixd");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.body()).startsWith("strategy: fixd (expected: ");
    Answer itsOwn = reset(connection, "native:limit%3D1,queue%3D1");
    assertThat(itsOwn.status()).isEqualTo(400);
    assertThat(itsOwn.body()).contains("(expected: one that a running server can take)");
    assertThat(connection.get("/work?units=1").read().status()).isEqualTo(429);
  }

  private static Answer reset(Connection connection, String strategy) throws Exception {
    connection.send(request("POST", "/reset?strategy=" + strategy, "Content-Length: 0"));
    return connection.read();
  }

  @Test
  void noOtherQueryResetsAnything() throws Exception {
    Answer answer = connect().send(request("POST", "/reset?stragety=off")).read();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo("reset: stragety=off (expected: strategy=off, strategy=TEXT, or no query)\n");
  }

  @Test
  void tellsTheCpuTimeAndTheSizeOfTheTasksThatEnded() throws Exception {
    Connection connection = connect();
    connection.get("/work?units=20000").read();
    connection.get("/work?units=5").read();
    String metrics = connection.get("/metrics").read().body();
    assertThat(metrics.lines()).contains("shedlab_task_units_total 20005");
    assertThat(metrics).containsPattern("shedlab_task_cpu_seconds_total 0\\.0*[1-9]");
  }

  @Test
  void aResetAmongRequestsLosesNone() throws Exception {
    restart("fixed:limit=1");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<CompletableFuture<int[]>> clients = new ArrayList<>();
    for (int client = 0; client < 4; client++) {
      Connection connection = connect();
      clients.add(CompletableFuture.supplyAsync(() -> statuses(connection, 100), threads));
    }
    Connection resetter = connect();
    while (!clients.stream().allMatch(CompletableFuture::isDone)) {
      resetter.send(request("POST", "/reset", "Content-Length: 0"));
      Answer answer = resetter.read();
      assertThat(answer.status()).isIn(204, 409);
    }
    int served = 0;
    for (CompletableFuture<int[]> client : clients) {
      for (int status : client.get()) {
        served += status == 200 ? 1 : 0;
      }
    }
    threads.shutdown();
    assertThat(service.stats().admitted()).isEqualTo(served);
    assertThat(service.stats().shedTotal()).isEqualTo(400 - served);
    assertThat(isIdle()).isTrue();
  }

  @Test
  void drainsWhatIsInFlightAndWaitingAndRefusesTheRest() throws Exception {
    Connection idle = connect();
    assertThat(idle.get("/healthz").read().status()).isEqualTo(200);
    Connection early = connect();
    assertThat(early.get("/healthz").read().status()).isEqualTo(200);
    Connection holder = occupy();
    Connection waiter = connect().get("/work?units=1");
    await("one waits").until(() -> service.stats().waiting() == 1);
    Connection balancer = connect();
    assertThat(balancer.get("/healthz").read().status()).isEqualTo(200);
    service.startDraining();
    Answer unhealthy = balancer.get("/healthz").read();
    assertThat(unhealthy.status()).as("a balancer sends no more").isEqualTo(503);
    assertThat(unhealthy.header("Connection")).isEqualTo("close");
    assertThat(balancer.isClosedByServer()).isTrue();
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

  @Test
  void decidesOnEveryRequestOfManyConnections() throws Exception {
    restart("aimd:min=1,max=8,initial=2,timeout=20ms+fifo:capacity=4,timeout=5ms");
    List<CompletableFuture<int[]>> clients = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(24);
    for (int client = 0; client < 24; client++) {
      Connection connection = connect();
      clients.add(CompletableFuture.supplyAsync(() -> statuses(connection, 100), threads));
    }
    long served = 0;
    long shed = 0;
    for (CompletableFuture<int[]> client : clients) {
      for (int status : client.get()) {
        served += status == 200 ? 1 : 0;
        shed += status == 429 ? 1 : 0;
      }
    }
    threads.shutdown();
    assertThat(served + shed).isEqualTo(2_400);
    assertThat(service.stats().admitted()).isEqualTo(served);
    assertThat(service.stats().shedTotal()).isEqualTo(shed);
    assertThat(service.stats().inflight()).isZero();
  }

  private static int[] statuses(Connection connection, int requests) {
    int[] statuses = new int[requests];
    try {
      for (int i = 0; i < requests; i++) {
        statuses[i] = connection.get("/work?units=" + (i % 7 + 1) * 20).read().status();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return statuses;
  }
}
