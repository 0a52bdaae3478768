package shedlab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.admission.Shed;
import shedlab.load.ArrivalProcess;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.retry.RetryAfter;
import shedlab.simulation.model.ClientModel;
import shedlab.simulation.model.Retry;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.model.Tenant;
import shedlab.simulation.result.Counts;
import shedlab.simulation.result.Result;
import shedlab.simulation.theory.Retries;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategies;

/** One core, 10 ms per request: 100 requests per second. */
class ClientsTest {
  private static final String NO_END = "fixed:limit=1+fifo:capacity=100000,timeout=1000s";

  @Test
  void patientClientsWaitForEver() {
    Result result = evenly(NO_END, 200, 2).deadline(Duration.ofSeconds(10)).run();

    assertThat(result.requests().abandoned()).isZero();
    assertThat(result.requests().done()).isEqualTo(400);
    // The last one is behind 200 others.
    assertThat(result.admittedLatency().max() / 1e9).isCloseTo(2, within(0.02));
  }

  @Test
  void impatientClientsLeaveTheirWorkToTheServer() {
    Result result =
        evenly(NO_END, 200, 2)
            .clients(ClientModel.impatient(Duration.ofMillis(100)))
            .deadline(Duration.ofSeconds(10))
            .run();

    // Every request is served in turn, but after 0.2 s its client no longer waits.
    assertThat(result.requests().good()).isCloseTo(20, within(2L));
    assertThat(result.requests().abandoned()).isCloseTo(380, within(2L));
    assertThat(result.requests().inSystem()).isZero();
    assertThat(result.cpuShare()).isCloseTo(1, within(0.01));
    assertThat(result.admittedLatency().max()).isLessThanOrEqualTo(100_000_000);
  }

  @Test
  void theServerDoesNoWorkForClientsThatCloseTheirConnection() {
    Result result =
        evenly("fixed:limit=1+lifo:capacity=1000", 200, 2)
            .clients(ClientModel.impatient(Duration.ofMillis(100)).cancelling())
            .run();

    // The core works for the requests that arrived last: half of them.
    assertThat(result.requests().good()).isCloseTo(200, within(11L));
    assertThat(result.requests().abandoned()).isCloseTo(200, within(11L));
    assertThat(result.tries().shedByReason().get(Shed.ABANDONED)).isCloseTo(190L, within(11L));
  }

  @Test
  void anAnswerAfterTheDeadlineIsLate() {
    Result result = evenly(NO_END, 200, 2).deadline(Duration.ofMillis(100)).run();

    assertThat(result.requests().good()).isCloseTo(20, within(2L));
    assertThat(result.requests().late()).isGreaterThan(180);
  }

  @Test
  void theGateGetsTheDeadlineLessTheTimeSpent() {
    Simulation simulation =
        evenly("deadline:least=11ms+fixed:limit=1+fifo:capacity=1000", 200, 2)
            .deadline(Duration.ofMillis(100));
    long blind = simulation.run().requests().good();
    long told = simulation.clients(ClientModel.PATIENT.tellingDeadline()).run().requests().good();

    assertThat(told).isGreaterThan(150);
    assertThat(blind).isLessThan(100);
  }

  @Test
  void anImmediateRetryIsTheSameRequestAgainAtTheSameTime() {
    Result result =
        evenly("reject-all+none", 50, 2)
            .clients(ClientModel.PATIENT.retrying(Retry.immediate(3)))
            .run();

    assertThat(result.requests().offered()).isEqualTo(100);
    assertThat(result.requests().shed()).isEqualTo(100);
    assertThat(result.tries().entered()).isEqualTo(300);
    assertThat(result.shedLatency().max()).isZero();
  }

  @Test
  void exponentialPausesAreDrawnUpToTwiceTheLongestBefore() {
    Retry retry = Retry.exponential(4, Duration.ofMillis(100), Duration.ofMillis(250));
    List<Long> ends = new ArrayList<>();
    evenly("reject-all+none", 200, 10)
        .clients(ClientModel.PATIENT.retrying(retry))
        .observer(endings(ends))
        .run();

    // Up to 100 + 200 + 250 ms, on average half of it.
    assertThat(ends.stream().mapToLong(n -> n).max().orElse(0))
        .isBetween(480_000_000L, 550_000_000L);
    assertThat(ends.stream().mapToLong(n -> n).average().orElse(0) / 1e6)
        .isCloseTo(275, within(8.0));
  }

  @Test
  void withoutJitterPausesAreExact() {
    Retry retry =
        new Retry(
            3,
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            false,
            Double.POSITIVE_INFINITY,
            false);
    List<Long> ends = new ArrayList<>();
    evenly("reject-all+none", 10, 1)
        .clients(ClientModel.PATIENT.retrying(retry))
        .observer(endings(ends))
        .run();

    assertThat(ends).hasSize(10).containsOnly(300_000_000L);
  }

  @Test
  void retryAfterIsAddedToThePause() {
    List<Long> ends = new ArrayList<>();
    evenly("reject-all+none", 10, 1) // which asks for a second
        .clients(ClientModel.PATIENT.retrying(Retry.immediate(3).honouringRetryAfter()))
        .deadline(Duration.ofSeconds(5))
        .observer(endings(ends))
        .run();

    assertThat(ends).hasSize(10).containsOnly(2_000_000_000L);
  }

  @Test
  void aComputedRetryAfterLastsUntilTheQueueIsDone() {
    // The queue is full after 5 s, and then needs 10 s: who comes back after 10 to 20 s has a
    // place.
    Result constant = refusedBehindALongQueue(new RetryAfter(1));
    Result computed = refusedBehindALongQueue(RetryAfter.DRAIN);

    assertThat(computed.tries().entered()).isCloseTo(4_000, within(20L));
    assertThat(computed.requests().shed()).isZero();
    assertThat(constant.requests().shed()).isGreaterThan(500);
  }

  private static Result refusedBehindALongQueue(RetryAfter retryAfter) {
    return Simulation.of(
            Strategies.builtIn().parse("fixed:limit=1+fifo:capacity=1000,timeout=1000s"),
            ServerModel.of(1).withRetryAfter(retryAfter),
            ServiceLaw.deterministic(10_000))
        .arrivals(ArrivalProcess.constant())
        .load(LoadProfile.constant(300, 10).then(0.1, 60))
        .clients(ClientModel.PATIENT.retrying(Retry.immediate(2).honouringRetryAfter()))
        .run();
  }

  @Test
  void aRetryBudgetBoundsTheTriesOfAllClients() {
    Result result =
        evenly("reject-all+none", 1_000, 10)
            .clients(ClientModel.PATIENT.retrying(Retry.immediate(10).withBudget(0.1)))
            .run();

    assertThat((double) result.tries().entered())
        .isCloseTo(Retries.budgeted(10_000, 0.1), within(12.0));
  }

  @Test
  void aBudgetIsNotNeededWhileNothingFails() {
    Result result =
        evenly("none", 50, 2)
            .clients(ClientModel.PATIENT.retrying(Retry.immediate(10).withBudget(0)))
            .run();

    assertThat(result.tries().entered()).isEqualTo(100);
    assertThat(result.requests().good()).isEqualTo(100);
  }

  /** The formula assumes independent tries, so pauses are long and random. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void retriesSettleAtTheFixedPoint(int tries) {
    double first = 150;
    Retry retry = Retry.exponential(tries, Duration.ofMillis(500), Duration.ofMillis(500));
    Result result =
        load("fixed:limit=1+fifo:capacity=20", first, 400)
            .clients(ClientModel.PATIENT.retrying(retry))
            .leadIn(Duration.ofSeconds(20))
            .run();
    double settled = Retries.settles(first, tries, rate -> Math.min(rate, 100), first);

    assertThat(result.tries().entered() / result.windowSeconds() / settled)
        .isCloseTo(1, within(0.02));
  }

  /** Bronson et al., HotOS 2021: the trigger is gone, the overload stays. */
  @Test
  void impatientRetriesKeepAnOverloadAliveWithoutShedding() {
    LoadProfile spike = LoadProfile.constant(80, 20).then(300, 5).then(80, 60);
    ClientModel clients =
        ClientModel.impatient(Duration.ofMillis(500)).retrying(Retry.immediate(3));
    Result open = simulation(NO_END).load(spike).clients(clients).interval(second()).run();
    Result closed =
        simulation("fixed:limit=1+fifo:capacity=10")
            .load(spike)
            .clients(clients)
            .interval(second())
            .run();

    assertThat(open.series().get(10).good()).isGreaterThan(50);
    assertThat(open.series().get(80).good()).isLessThan(10);
    assertThat(closed.series().get(80).good()).isGreaterThan(50);
  }

  @Test
  void everyTenantHasItsShareItsUrgencyAndItsWork() {
    List<Tenant> tenants =
        List.of(
            new Tenant("few", 1, 0, 1), new Tenant("many", 3, 6, 1), new Tenant("big", 1, 3, 4));
    Result result = load("fixed:limit=1+priority:capacity=20", 100, 100).tenants(tenants).run();

    List<Counts> counts = result.byTenant();
    double offered = result.requests().offered();
    assertThat(counts.get(0).offered() / offered).isCloseTo(0.2, within(0.02));
    assertThat(counts.get(1).offered() / offered).isCloseTo(0.6, within(0.02));
    // 1.6 times the capacity: the most urgent are all served, the least urgent lose.
    assertThat(counts.get(0).shedShare()).isLessThan(0.01);
    assertThat(counts.get(1).shedShare()).isGreaterThan(0.5);
    assertThat(counts.stream().mapToLong(Counts::good).sum()).isEqualTo(result.requests().good());
  }

  @Test
  void aFairBacklogTellsTenantsApart() {
    List<Tenant> tenants = List.of(new Tenant("modest", 1, 3, 1), new Tenant("greedy", 9, 3, 1));
    Result result = load("fixed:limit=1+fair:capacity=40", 200, 60).tenants(tenants).run();

    assertThat(result.byTenant().get(0).shedShare()).isLessThan(0.1);
    assertThat(result.byTenant().get(1).shedShare()).isGreaterThan(0.5);
  }

  @Test
  void anObserverThatFailsEndsTheSimulation() {
    Observer broken =
        new Observer() {
          @Override
          public void ended(long intendedNanos, long endedNanos, Ending ending, int tenant) {
            throw new IllegalArgumentException("full disk");
          }
        };

    assertThatThrownBy(() -> evenly("reject-all+none", 10, 1).observer(broken).run())
        .rootCause()
        .hasMessage("full disk");
  }

  @Test
  void impossibleValuesAreRefused() {
    assertThatThrownBy(() -> Retry.immediate(0))
        .isInstanceOf(SpecException.class)
        .hasMessage("tries: 0 (expected: a whole number from 1)");
    assertThatThrownBy(() -> ClientModel.impatient(Duration.ZERO))
        .hasMessage("timeout: PT0S (expected: above zero)");
    assertThatThrownBy(() -> new Tenant("x", 0, 3, 1))
        .hasMessage("share: 0.0 (expected: a number above 0)");
  }

  private static Observer endings(List<Long> responses) {
    return new Observer() {
      @Override
      public void ended(long intendedNanos, long endedNanos, Ending ending, int tenant) {
        responses.add(endedNanos - intendedNanos);
      }
    };
  }

  private static Duration second() {
    return Duration.ofSeconds(1);
  }

  private static Simulation simulation(String strategy) {
    return Simulation.of(
            Strategies.builtIn().parse(strategy),
            ServerModel.of(1),
            ServiceLaw.deterministic(10_000))
        .seed(5);
  }

  private static Simulation load(String strategy, double perSecond, double seconds) {
    return simulation(strategy).load(LoadProfile.constant(perSecond, seconds));
  }

  private static Simulation evenly(String strategy, double perSecond, double seconds) {
    return load(strategy, perSecond, seconds).arrivals(ArrivalProcess.constant());
  }
}
