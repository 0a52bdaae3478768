package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.servers.Connection.request;
import static shedlab.servers.Waiting.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import shedlab.servers.Connection.Answer;

/** A strategy that is reset, switched off or replaced while its server runs. */
abstract class ResetContract extends DepartureContract {
  ResetContract(ServerKind kind) {
    super(kind);
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
}
