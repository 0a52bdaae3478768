package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shedlab.servers.Waiting.await;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.admission.GateStats;
import shedlab.servers.SignalProbe.Seen;
import shedlab.servers.SignalProbe.Took;
import shedlab.servers.host.Placement;
import shedlab.servers.host.Placement.GateOn;
import shedlab.servers.host.Placement.IoCpu;
import shedlab.servers.host.Placement.TaskOn;
import shedlab.servers.threads.Scheduling;
import shedlab.spec.SpecException;

/** A server tells its gate what policies may know of a host. */
@Timeout(60)
final class SignalsTest {
  private @Nullable Service service;

  private final HeldTask task = new HeldTask();

  @BeforeEach
  void forget() {
    SignalProbe.SEEN.clear();
    SignalProbe.TOOK.clear();
  }

  @AfterEach
  void stop() throws Exception {
    task.release();
    if (service != null) {
      service.close();
    }
  }

  private void start(ServerKind kind, String strategy) throws Exception {
    service = Service.start(kind, Configs.with(strategy), task::run);
  }

  private Service running() {
    return Objects.requireNonNull(service);
  }

  private int port() {
    return running().port();
  }

  private GateStats stats() {
    return running().stats();
  }

  private Seen seenBy(String target) throws Exception {
    assertThat(Connection.get(port(), target).status()).isEqualTo(200);
    return SignalProbe.SEEN.take();
  }

  /** Two workers: the third request waits for one. */
  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void requestsUnderWorkAreToldApartFromThoseThatWaitForAWorker(ServerKind kind) throws Exception {
    start(kind, "test-signals+none");
    try (Connection first = Connection.to(port());
        Connection second = Connection.to(port());
        Connection third = Connection.to(port());
        Connection fourth = Connection.to(port())) {
      first.get("/work?units=" + HeldTask.HELD);
      await("the first has begun").until(() -> task.begun.get() == 1);
      second.get("/work?units=" + HeldTask.HELD);
      await("the second has begun").until(() -> task.begun.get() == 2);
      third.get("/work");
      await("the third waits for a worker").until(() -> stats().inflight() == 3);
      fourth.get("/work");
      await("the fourth has arrived").until(() -> SignalProbe.SEEN.size() == 4);
      task.release();
      for (Connection each : new Connection[] {first, second, third, fourth}) {
        assertThat(each.read().status()).isEqualTo(200);
      }
    }
    await("nobody is in flight").until(() -> stats().inflight() == 0);
    assertThat(Connection.get(port(), "/work").status()).isEqualTo(200);

    assertThat(SignalProbe.SEEN).extracting(Seen::runnable).containsExactly(0, 1, 2, 2, 0);
    assertThat(SignalProbe.SEEN).extracting(Seen::inflight).containsExactly(0, 1, 2, 3, 0);
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void theCpuTimeOfARequestIsWhatItsThreadUsed(ServerKind kind) throws Exception {
    start(kind, "test-signals+none");
    try (Connection held = Connection.to(port())) {
      held.get("/work?units=" + HeldTask.HELD);
      await("it has begun").until(() -> task.begun.get() == 1);
      task.release();
      assertThat(held.read().status()).isEqualTo(200);
    }
    Took took = SignalProbe.TOOK.take();

    assertThat(took.cpuNanos()).isPositive();
    assertThat(took.cpuNanos()).as("it waited for most of it").isLessThan(took.serviceNanos());
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void aThreadMeasuresHowLateItWakesOnceAPolicyAsks(ServerKind kind) throws Exception {
    start(kind, "test-signals+none");
    await("wake-ups").until(() -> seenBy("/work").wakeUps() > 10);
    assertThat(seenBy("/work").cpuNanos()).isPositive();
  }

  /** They have no CPU time of their own. */
  @Test
  void virtualThreadsDoNotTellTheCpuTimeOfARequest() {
    NewerJdk.withVirtualThreads("CPU time of a request");
    Placement placement = new Placement(TaskOn.VIRTUAL, GateOn.IO, Scheduling.NORMAL, IoCpu.SHARED);

    assertThatThrownBy(
            () ->
                service =
                    Service.start(
                        ServerKind.NETTY, Configs.with("cpu-tokens+none", 2, placement), task::run))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("a host that tells the CPU time of each request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cpu-tokens", "rajomon", "heartbeat", "runnable-credit", "elastic-cpu", "kratos"})
  void runsStrategiesThatNeedToKnowTheHost(String piece) throws Exception {
    start(ServerKind.NETTY, piece + "+none");
    for (int i = 0; i < 20; i++) {
      assertThat(Connection.get(port(), "/work?units=3").status()).isEqualTo(200);
    }
  }
}
