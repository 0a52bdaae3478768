package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.servers.Connection.request;
import static shedlab.servers.Waiting.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.admission.GateStats;
import shedlab.admission.Shed;
import shedlab.task.CpuTask;

/** Clients that leave, or that send no more. */
abstract class DepartureContract extends HttpContract {
  DepartureContract(ServerKind kind) {
    super(kind);
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
    // A request whose client has gone may still be read now: the one of the next line may meet it.
    assertThat(Connection.get(service.port(), "/work?units=3").status()).isEqualTo(200);
    await("nobody is left").until(this::isIdle);
  }
}
