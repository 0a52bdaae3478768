package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.servers.Waiting.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import shedlab.retry.RetryAfter;
import shedlab.servers.Connection.Answer;
import shedlab.task.CpuTask;

/** What every server must do: admission and draining, and what this extends. */
abstract class HostedServerContract extends ResetContract {
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
  void aTaskWithABugLosesNoPermit() throws Exception {
    Connection connection = connect();
    for (int i = 0; i < 3; i++) {
      assertThat(connection.get("/work?units=" + HeldTask.FAULTY).read().status()).isEqualTo(500);
    }
    isServing();
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
}
