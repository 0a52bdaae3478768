package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shedlab.servers.Waiting.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import shedlab.servers.Connection.Answer;
import shedlab.servers.host.Placement;
import shedlab.servers.host.Placement.GateOn;
import shedlab.servers.host.Placement.IoCpu;
import shedlab.servers.host.Placement.TaskOn;
import shedlab.servers.threads.CpuByRole;
import shedlab.servers.threads.CpuByRole.Role;
import shedlab.servers.threads.Scheduling;
import shedlab.task.CpuTask;

/** Which placement ever answers 429 to a burst, and which starves the probes meanwhile. */
@Timeout(60)
final class PlacementTest {
  private static final int BURST = 6;

  private final HeldTask task = new HeldTask();
  private final List<Connection> open = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // every test that needs one begins with it
  private Service service;

  /** One I/O thread, two workers. */
  private void start(ServerKind kind, String strategy, TaskOn taskOn, GateOn gateOn)
      throws Exception {
    Placement placement = new Placement(taskOn, gateOn, Scheduling.NORMAL, IoCpu.SHARED);
    service = Service.start(kind, Configs.with(strategy, 1, placement), task::run);
  }

  @AfterEach
  void stop() throws Exception {
    task.release();
    for (Connection connection : open) {
      connection.close();
    }
    if (service != null) {
      service.close();
    }
  }

  private Connection connect() throws Exception {
    Connection connection = Connection.to(service.port());
    open.add(connection);
    return connection;
  }

  private List<Connection> burst() throws Exception {
    List<Connection> all = new ArrayList<>();
    for (int i = 0; i < BURST; i++) {
      all.add(connect().get("/work?units=" + HeldTask.HELD));
      await("the first has begun").until(() -> task.begun.get() >= 1);
    }
    return all;
  }

  private static int shed(List<Connection> burst) throws Exception {
    int shed = 0;
    for (Connection connection : burst) {
      Answer answer = connection.read();
      assertThat(answer.status()).isIn(200, 429);
      shed += answer.status() == 429 ? 1 : 0;
    }
    return shed;
  }

  private void allAreDecided(int shed) throws Exception {
    await("all permits are home").until(() -> service.stats().inflight() == 0);
    assertThat(service.stats().shedTotal()).isEqualTo(shed);
    assertThat(service.stats().admitted()).isEqualTo(BURST - shed);
    assertThat(connect().get("/work?units=3").read().body())
        .isEqualTo("%016x\n".formatted(CpuTask.run(3)));
  }

  /** While the first is held; probes are answered as well. */
  private void allButTheFirstAreShedAtOnce() throws Exception {
    List<Connection> burst = burst();
    assertThat(shed(burst.subList(1, BURST))).isEqualTo(BURST - 1);
    assertThat(connect().get("/healthz").read().status()).isEqualTo(200);
    task.release();
    assertThat(shed(burst.subList(0, 1))).isZero();
    allAreDecided(BURST - 1);
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void aGateOnTheIoThreadShedsTheBurstAtOnce(ServerKind kind) throws Exception {
    start(kind, "fixed:limit=1", TaskOn.WORKERS, GateOn.IO);
    allButTheFirstAreShedAtOnce();
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void aTaskOnTheIoThreadIsNeverShedAndStarvesTheProbes(ServerKind kind) throws Exception {
    start(kind, "fixed:limit=1", TaskOn.IO, GateOn.IO);
    List<Connection> burst = burst();
    Connection probe = connect().get("/healthz");
    assertThat(probe.isSilentFor(200)).isTrue();
    assertThat(task.begun.get()).isEqualTo(1);
    task.release();
    assertThat(probe.read().status()).isEqualTo(200);
    assertThat(shed(burst)).isZero();
    allAreDecided(0);
  }

  /** By their names, which each server chooses otherwise. */
  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void theCpuTimeOfATaskOnTheIoThreadIsThatOfIoThreads(ServerKind kind) throws Exception {
    start(kind, "none", TaskOn.IO, GateOn.IO);
    CpuByRole cpu = CpuByRole.ofThisProcess();
    long before = ofIoThreads(cpu);
    NotRun.unless(before >= 0, "the CPU time of I/O threads", "this kernel does not tell it");
    assertThat(connect().get("/work?units=200000").read().status()).isEqualTo(200);
    long used = ofIoThreads(cpu) - before;
    double seconds = metric("shedlab_task_cpu_seconds_total");
    assertThat(seconds).isPositive();
    assertThat(used / 1e9).isGreaterThan(seconds / 2);
  }

  /** In nanoseconds; below 0 if this kernel does not tell. */
  private static long ofIoThreads(CpuByRole cpu) {
    Map<Role, Long> told = cpu.read();
    return told == null ? -1 : told.getOrDefault(Role.IO, 0L);
  }

  private double metric(String name) throws Exception {
    return connect()
        .get("/metrics")
        .read()
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void aGateBehindWorkersShedsWhileThereAreMoreOfThemThanPermits(ServerKind kind) throws Exception {
    start(kind, "fixed:limit=1", TaskOn.WORKERS, GateOn.WORKERS);
    allButTheFirstAreShedAtOnce();
  }

  @ParameterizedTest
  @CsvSource({
    "undertow, 2, WORKERS", "jetty, 2, WORKERS", "netty, 2, WORKERS",
    "undertow, 1, POOL", "jetty, 1, POOL", "netty, 1, POOL"
  })
  void aGateBehindAsManyThreadsAsPermitsNeverSheds(String kind, int limit, GateOn gateOn)
      throws Exception {
    start(
        ServerKind.valueOf(kind.toUpperCase(java.util.Locale.ROOT)),
        "fixed:limit=" + limit,
        TaskOn.WORKERS,
        gateOn);
    List<Connection> burst = burst();
    await("the threads are taken").until(() -> task.begun.get() == limit);
    Connection probe = connect();
    await("the others queue where no gate sees them")
        .until(
            () ->
                probe
                    .get("/metrics")
                    .read()
                    .body()
                    .contains("shedlab_worker_queue " + (BURST - limit) + "\n"));
    assertThat(service.stats().waiting()).isZero();
    assertThat(probe.send(Connection.request("POST", "/reset")).read().status()).isEqualTo(409);
    task.release();
    for (Connection connection : burst) {
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Shedlab-Inflight")).isIn("1", "2");
    }
    allAreDecided(0);
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void whoWaitsBehindAWorkerIsServedByTheWorkerThatFreesThePermit(ServerKind kind)
      throws Exception {
    start(kind, "fixed:limit=1+fifo:capacity=3,timeout=1min", TaskOn.WORKERS, GateOn.WORKERS);
    List<Connection> burst = burst();
    await("three wait").until(() -> service.stats().waiting() == 3);
    await("two are shed").until(() -> service.stats().shedTotal() == 2);
    task.release();
    assertThat(shed(burst)).isEqualTo(2);
    allAreDecided(2);
  }

  @ParameterizedTest
  @CsvSource({
    "undertow, IO", "jetty, IO", "netty, IO",
    "undertow, WORKERS", "jetty, WORKERS", "netty, WORKERS"
  })
  void virtualThreadsShedTheBurstWhereverTheGateIs(String kind, GateOn gateOn) throws Exception {
    NewerJdk.withVirtualThreads(kind);
    start(
        ServerKind.valueOf(kind.toUpperCase(java.util.Locale.ROOT)),
        "fixed:limit=1",
        TaskOn.VIRTUAL,
        gateOn);
    allButTheFirstAreShedAtOnce();
  }

  @Test
  void virtualThreadsTakeAJdkThatHasThem() {
    if (Runtime.version().feature() < 21) {
      assertThatThrownBy(() -> start(ServerKind.NETTY, "fixed:limit=1", TaskOn.VIRTUAL, GateOn.IO))
          .hasMessage(
              "task-on: virtual (expected: JDK 21 or later, this is "
                  + Runtime.version().feature()
                  + ")");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fixed:limit=1 | IO | WORKERS | gate-on: workers (expected: io; with task-on io nothing is handed off)",
        "fixed:limit=1 | VIRTUAL | POOL | gate-on: pool (expected: io or workers; with task-on virtual there is no pool)",
        "none | WORKERS | POOL | gate-on: pool (expected: a limit of at most 1024 threads; this one is 2097151)",
        "native:limit=1,queue=1 | WORKERS | WORKERS | gate-on: workers (expected: io; native decides there)",
        "native:limit=1,queue=1 | IO | IO | task-on: io (expected: workers or virtual; native ends waits elsewhere)",
      })
  void refusesWhatDoesNotGoTogether(String strategy, TaskOn taskOn, GateOn gateOn, String refusal) {
    assertThatThrownBy(() -> start(ServerKind.JETTY, strategy, taskOn, gateOn))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(refusal);
  }
}
