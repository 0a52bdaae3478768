package shedlab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.load.ArrivalProcess;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.simulation.model.Balancer;
import shedlab.simulation.model.ClientModel;
import shedlab.simulation.model.Incident;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.result.Result;
import shedlab.simulation.theory.RejectCost;
import shedlab.strategy.Strategies;

/** How the CPU handles work, refusals and incidents; 10 ms per request. */
class ServerModelTest {
  private static final Duration FAR = Duration.ofSeconds(100);

  @Test
  void aPoolWorksFirstInFirstOutAndOnePerCore() {
    // Three at once on two cores: two end after 10 ms, the third after 20.
    assertThat(responses(ServerModel.of(2), 3)).containsExactly(10, 10, 20);
  }

  @Test
  void timeSlicedThreadsShareTheCoresEqually() {
    // Three at once on two cores take 30 ms of work at 2 ms per ms.
    assertThat(responses(ServerModel.of(2).processorSharing(), 3)).containsExactly(15, 15, 15);
  }

  @Test
  void aThreadNeverHasMoreThanOneCore() {
    assertThat(responses(ServerModel.of(8).processorSharing(), 3)).containsExactly(10, 10, 10);
  }

  @Test
  void moreWorkersThanCoresShareThemAndTheRestWaits() {
    // Two at a time at half speed on one core.
    assertThat(responses(ServerModel.of(1).withWorkers(2), 4)).containsExactly(20, 20, 40, 40);
  }

  @ParameterizedTest
  @CsvSource({"800, 0.1", "2000, 0.1", "800, 1", "2000, 1", "3900, 1", "20000, 0.1"})
  void goodputHasTheCeilingThatRefusalsLeave(double offered, double rejectMillis) {
    ServerModel server =
        ServerModel.of(4).withRejectCost(Duration.ofNanos((long) (rejectMillis * 1e6)));
    Result result = overload("fixed:limit=4+fifo:capacity=16", server, offered);
    double ideal = RejectCost.idealGoodput(4, offered, 0.01, rejectMillis / 1e3);

    assertThat(result.throughputPerSecond()).isCloseTo(ideal, within(0.01 * ideal + 2));
    assertThat(result.cpuShare()).isCloseTo(1, within(0.01));
  }

  @Test
  void goodputIsZeroWhenRefusalsTakeAllCpu() {
    ServerModel server = ServerModel.of(4).withRejectCost(Duration.ofMillis(1));

    assertThat(overload("fixed:limit=4", server, 4_100).throughputPerSecond()).isLessThan(5);
  }

  @Test
  void processorSharingHasTheSameCeiling() {
    ServerModel server = ServerModel.of(4).processorSharing().withRejectCost(Duration.ofMillis(1));
    double ideal = RejectCost.idealGoodput(4, 2_000, 0.01, 0.001);

    assertThat(overload("fixed:limit=8", server, 2_000).throughputPerSecond())
        .isCloseTo(ideal, within(0.02 * ideal));
  }

  @Test
  void refusalsOnIdleCoresDelayNoWorkButTakeTheirTime() {
    ServerModel server = ServerModel.of(4).withRejectCost(Duration.ofMillis(1));
    Result result = overload("reject-all+none", server, 400);

    assertThat(result.cpuShare()).isCloseTo(0.1, within(0.005));
    assertThat(result.shedLatency().p50()).isCloseTo(1_000_000, within(10_000L));
  }

  @Test
  void evenARefusalCannotUseMoreCoresThanThereAre() {
    ServerModel server = ServerModel.of(4).withRejectCost(Duration.ofMillis(1));
    Result result = overload("reject-all+none", server, 8_000);

    assertThat(result.cpuShare()).isCloseTo(1, within(0.001));
    // Half of 8,000/s is left over: after 20 s refusals are some 20 s behind.
    assertThat(result.shedLatency().max() / 1e9).isCloseTo(20, within(1.0));
  }

  @Test
  void aClientThatHasLeftGetsNoAnswer() {
    ServerModel server = ServerModel.of(1).withRejectCost(Duration.ofMillis(9));
    ClientModel clients = ClientModel.impatient(Duration.ofMillis(50)).cancelling();
    Result result =
        simulation("fixed:limit=1+fifo:capacity=1000,timeout=1000s", server)
            .load(LoadProfile.constant(200, 20))
            .clients(clients)
            .run();

    // A core without refusals. Not all are done in time: the first in line is nearly gone.
    assertThat(result.tries().admitted() / 20.0).isCloseTo(100, within(2.0));
  }

  @Test
  void lostCoresComeBack() {
    Result result =
        simulation("fixed:limit=4+fifo:capacity=4", ServerModel.of(4))
            .load(LoadProfile.constant(800, 30))
            .incidents(List.of(Incident.capacity(seconds(10), seconds(10), 0.5)))
            .interval(seconds(1))
            .run();

    assertThat(done(result, 5)).isCloseTo(400, within(25L));
    assertThat(done(result, 15)).isCloseTo(200, within(15L));
    assertThat(done(result, 25)).isCloseTo(400, within(25L));
    assertThat(result.series().get(15).cpuShare()).isCloseTo(0.5, within(0.01));
  }

  @Test
  void aSlowdownMultipliesEveryServiceTime() {
    Result result =
        simulation("none", ServerModel.of(4))
            .load(LoadProfile.constant(20, 40))
            .arrivals(ArrivalProcess.constant())
            .incidents(List.of(Incident.slowdown(seconds(20), Incident.FOR_GOOD, 2)))
            .interval(seconds(1))
            .run();

    assertThat(result.series().get(10).meanElapsedNanos()).isCloseTo(10e6, within(10.0));
    assertThat(result.series().get(30).meanElapsedNanos()).isCloseTo(20e6, within(10.0));
    // Twice as long on a core, all four of which are there.
    assertThat(result.series().get(10).cpuShare()).isCloseTo(0.05, within(1e-6));
    assertThat(result.series().get(30).cpuShare()).isCloseTo(0.1, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStallDelaysEverythingAndLosesNothing(boolean sharing) {
    ServerModel pool = ServerModel.of(1);
    Result result =
        simulation("none", sharing ? pool.processorSharing() : pool)
            .load(LoadProfile.constant(10, 3))
            .arrivals(ArrivalProcess.constant())
            .incidents(List.of(Incident.stall(Duration.ofMillis(1_055), Duration.ofMillis(400))))
            .deadline(seconds(10))
            .run();

    // Arrivals at 1.05, 1.15, 1.25, 1.35 s; the first is half done when time stands still.
    assertThat(result.requests().good()).isEqualTo(30);
    assertThat(result.requests().inSystem()).isZero();
    long first = Math.round((1.455 - 1.05 + 0.005) * 1e9);
    assertThat(result.admittedLatency().max()).isCloseTo(first, within(100_000_000L));
    assertThat(result.meanWaitNanos()).isZero(); // nothing reached the gate meanwhile
  }

  @Test
  void aClientThatGivesUpDuringAStallIsGoneAfterIt() {
    Result result =
        simulation("fixed:limit=1+fifo:capacity=100", ServerModel.of(1))
            .load(LoadProfile.constant(90, 4))
            .arrivals(ArrivalProcess.constant())
            .clients(ClientModel.impatient(Duration.ofMillis(100)).cancelling())
            .incidents(List.of(Incident.stall(seconds(1), seconds(1))))
            .run();

    // The clients of 0.9 s get no answer, the server does no work for them, and the next are almost
    // too late.
    assertThat(result.requests().abandoned()).isCloseTo(86, within(6L));
    assertThat(result.requests().inSystem()).isZero();
    assertThat(result.tries().admitted())
        .isBetween(result.requests().done(), result.requests().done() + 12);
  }

  @Test
  void anIncidentCanHitSomeServersOnly() {
    Result result =
        simulation("fixed:limit=1", ServerModel.of(1))
            .fleet(4, Balancer.ROUND_ROBIN)
            .load(LoadProfile.constant(800, 20))
            .incidents(List.of(Incident.stall(seconds(10), seconds(5)).of(1)))
            .interval(seconds(5))
            .run();

    assertThat(done(result, 2) / (double) done(result, 1)).isCloseTo(0.75, within(0.02));
  }

  @Test
  void sheddingBelowTheRemainingCapacityIsFalse() {
    Simulation simulation =
        simulation("fixed:limit=1", ServerModel.of(1)).load(LoadProfile.constant(80, 20));

    assertThat(simulation.run().falseShedShare()).isGreaterThan(0.3);
    Result halved =
        simulation.incidents(List.of(Incident.slowdown(Duration.ZERO, seconds(100), 2))).run();
    assertThat(halved.tries().calm()).isZero();
  }

  @Test
  void impossibleIncidentsAreRefused() {
    assertThatThrownBy(() -> Incident.capacity(FAR, FAR, 1.5))
        .hasMessage("coresLeft: 1.5 (expected: from 0 to 1)");
    assertThatThrownBy(() -> Incident.slowdown(FAR, FAR, 0.5))
        .hasMessage("factor: 0.5 (expected: a number from 1)");
    assertThatThrownBy(() -> Incident.stall(FAR, Duration.ZERO))
        .hasMessage("length: PT0S (expected: above zero)");
  }

  /** The completion times of simultaneous requests, in milliseconds, ascending. */
  private static List<Integer> responses(ServerModel server, int atOnce) {
    List<Integer> responses = new ArrayList<>();
    simulation("none", server)
        .load(LoadProfile.constant(atOnce * 1e9, 1e-9))
        .arrivals(ArrivalProcess.constant())
        .observer(
            new Observer() {
              @Override
              public void ended(long intendedNanos, long endedNanos, Ending ending, int tenant) {
                responses.add((int) Math.round((endedNanos - intendedNanos) / 1e6));
              }
            })
        .run();
    return responses;
  }

  private static Result overload(String strategy, ServerModel server, double offered) {
    return simulation(strategy, server)
        .load(LoadProfile.constant(offered, 20))
        .arrivals(ArrivalProcess.constant())
        .leadIn(seconds(1))
        .deadline(FAR)
        .run();
  }

  private static long done(Result result, int interval) {
    return result.series().get(interval).good() + result.series().get(interval).late();
  }

  private static Simulation simulation(String strategy, ServerModel server) {
    return Simulation.of(
            Strategies.builtIn().parse(strategy), server, ServiceLaw.deterministic(10_000))
        .seed(3);
  }

  private static Duration seconds(int n) {
    return Duration.ofSeconds(n);
  }
}
