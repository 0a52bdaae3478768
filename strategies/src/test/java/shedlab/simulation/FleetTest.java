package shedlab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shedlab.load.ArrivalProcess;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.simulation.model.Balancer;
import shedlab.simulation.model.FleetModel;
import shedlab.simulation.model.Kill;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.result.Counts;
import shedlab.simulation.result.Interval;
import shedlab.simulation.result.Result;
import shedlab.simulation.theory.LossSystem;
import shedlab.strategy.Strategies;

/** Eight servers of two cores each; 10 ms per request on average. */
class FleetTest {
  private static final int SERVERS = 8;
  private static final int CORES = 2;
  private static final double CAPACITY = SERVERS * CORES * 100;

  @Test
  void behindARandomBalancerEveryServerIsItsOwnLossSystem() {
    // A Poisson process that is split at random is Poisson again.
    Result result = fleet("fixed:limit=2", Balancer.RANDOM, 1, 200).run();

    assertThat(result.requests().shedShare())
        .isCloseTo(LossSystem.shedShare(CORES, CORES, CORES), within(0.005));
  }

  @Test
  void theBetterTheBalancerKnowsTheLessIsShed() {
    double random = fleet("fixed:limit=2", Balancer.RANDOM, 0.9, 50).run().requests().shedShare();
    double turns =
        fleet("fixed:limit=2", Balancer.ROUND_ROBIN, 0.9, 50).run().requests().shedShare();
    double least =
        fleet("fixed:limit=2", Balancer.LEAST_IN_FLIGHT, 0.9, 50).run().requests().shedShare();

    assertThat(turns).isLessThan(random - 0.01);
    assertThat(least).isLessThan(turns - 0.01);
    // A server with a free core is always found: one large loss system.
    assertThat(least)
        .isCloseTo(
            LossSystem.shedShare(SERVERS * CORES, SERVERS * CORES, 0.9 * SERVERS * CORES),
            within(0.005));
  }

  @Test
  void roundRobinSpreadsEvenlySpacedRequestsWithoutAnyLoss() {
    Result result =
        Simulation.of(
                Strategies.builtIn().parse("fixed:limit=2"),
                ServerModel.of(CORES),
                ServiceLaw.deterministic(10_000))
            .fleet(SERVERS, Balancer.ROUND_ROBIN)
            .load(LoadProfile.constant(0.99 * CAPACITY, 10))
            .arrivals(ArrivalProcess.constant())
            .run();

    assertThat(result.requests().shed()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void everyServerHasItsOwnGate(Balancer balancer) {
    Result result = fleet("fixed:limit=1", balancer, 5, 20).run();

    assertThat(result.meanInflight()).isLessThanOrEqualTo(SERVERS).isGreaterThan(0.8 * SERVERS);
    assertThat(result.meanLimit()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void noRequestIsLostOrCountedTwice(Balancer balancer) {
    Result result = fleet("fixed:limit=2+fifo:capacity=4", balancer, 1.5, 20).run();
    Counts counts = result.requests();

    assertThat(counts.good() + counts.late() + counts.shed()).isEqualTo(counts.offered());
    assertThat(counts.inSystem()).isZero();
  }

  @Test
  void aFleetNeedsAServer() {
    assertThatThrownBy(() -> fleet("none", Balancer.RANDOM, 1, 1).fleet(0, Balancer.RANDOM))
        .hasMessage("fleet: 0 (expected: a whole number from 1)");
  }

  /** The mean goodput of the seconds from one to before another, as a share of the capacity. */
  private static double goodput(Result result, int from, int to) {
    List<Interval> seconds =
        result.series().stream()
            .filter(row -> row.startSeconds() >= from && row.startSeconds() < to)
            .toList();
    return seconds.stream().mapToDouble(Interval::good).sum() / (to - from) / CAPACITY;
  }

  private static Simulation killed(String strategy, Balancer balancer, double load) {
    return fleet(strategy, balancer, load, 30)
        .kill(new Kill(Duration.ofSeconds(10), Duration.ofSeconds(10)))
        .interval(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @EnumSource
  void whileOneServerIsDownTheOthersDoWhatTheyCan(Balancer balancer) {
    Result result = killed("fixed:limit=2+fifo:capacity=20", balancer, 2).run();

    double others = (SERVERS - 1.0) / SERVERS;
    assertThat(goodput(result, 2, 10)).isCloseTo(1, within(0.03));
    assertThat(goodput(result, 11, 20)).isCloseTo(others, within(0.03));
    assertThat(goodput(result, 21, 29)).isCloseTo(1, within(0.03));
  }

  @Test
  void whatWasInAServerThatIsKilledIsLostAndNothingElse() {
    Result result = killed("fixed:limit=2+fifo:capacity=10", Balancer.ROUND_ROBIN, 0.9).run();
    Counts counts = result.requests();

    assertThat(counts.inSystem()).isBetween(1L, 12L);
    assertThat(counts.good() + counts.late() + counts.shed() + counts.inSystem())
        .isEqualTo(counts.offered());
    assertThat(result.meanWaiting() + result.meanInflight()).isLessThan(SERVERS * 12);
  }

  @Test
  void theCpuTimeOfAServerThatWasReplacedStillCounts() {
    Result result = killed("fixed:limit=4", Balancer.ROUND_ROBIN, 2).run();

    double down = 10.0 / 27 / SERVERS; // of a window of 27 seconds
    assertThat(result.cpuShare()).isCloseTo(1 - down, within(0.02));
  }

  @Test
  void aKillThatNobodyAskedForChangesNothing() {
    Result plain = fleet("fixed:limit=2", Balancer.RANDOM, 0.9, 10).run();
    Result late =
        fleet("fixed:limit=2", Balancer.RANDOM, 0.9, 10)
            .kill(new Kill(Duration.ofSeconds(1_000), Duration.ofSeconds(1)))
            .run();

    assertThat(late).isEqualTo(plain);
  }

  @Test
  void coresAreDividedAmongServersOrTheirTimeIs() {
    FleetModel three = FleetModel.read("servers=3").orElseThrow();
    ServerModel six = ServerModel.of(6).withWorkers(24).withRejectCost(Duration.ofMillis(1));
    ServerModel one = ServerModel.of(1).withWorkers(4).withRejectCost(Duration.ofMillis(1));

    assertThat(three.each(six))
        .isEqualTo(ServerModel.of(2).withWorkers(8).withRejectCost(Duration.ofMillis(1)));
    assertThat(three.each(one))
        .isEqualTo(one.withUnitNanos(3_000).withRejectCost(Duration.ofMillis(3)));
    assertThat(3 * three.each(six).capacityPerSecond(10))
        .isCloseTo(six.capacityPerSecond(10), within(1e-6));
    assertThat(3 * three.each(one).capacityPerSecond(10))
        .isCloseTo(one.capacityPerSecond(10), within(1e-6));
  }

  private static Simulation fleet(String strategy, Balancer balancer, double load, int seconds) {
    return Simulation.of(
            Strategies.builtIn().parse(strategy),
            ServerModel.of(CORES),
            ServiceLaw.exponential(10_000))
        .fleet(SERVERS, balancer)
        .load(LoadProfile.constant(load * CAPACITY, seconds))
        .leadIn(Duration.ofSeconds(seconds / 10))
        .seed(23);
  }
}
