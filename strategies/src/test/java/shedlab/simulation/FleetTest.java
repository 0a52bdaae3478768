package shedlab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shedlab.load.ArrivalProcess;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.simulation.model.Balancer;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.result.Counts;
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
