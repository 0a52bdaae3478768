package shedlab.simulation.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.simulation.Simulation;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.theory.FixedPoints;
import shedlab.strategy.Strategies;

/**
 * Adaptive limits in the simulator settle where their closed forms say: cores that are saturated
 * and shared equally, tasks of 10 ms that are all equal.
 */
@Tag("optimized")
class FixedPointsTest {
  /** A limit is a whole number of permits, and Envoy rounds down. */
  @ParameterizedTest
  @ValueSource(ints = {4, 16, 64})
  void envoySettlesAtTheBufferedCoresPlusTheirSquareRoot(int cores) {
    double closedForm = FixedPoints.envoy(cores, 0.25);

    assertThat(meanLimit("envoy", cores)).isBetween(closedForm - 1, closedForm * 1.01);
  }

  /** A probe of 3 on one core measures three times the service time, as if there were 3 cores. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aProbeAboveTheCoresCountsAsThatManyCores(int cores) {
    double closedForm = FixedPoints.envoy(3, 0.25);

    assertThat(meanLimit("envoy", cores)).isBetween(closedForm - 1, closedForm * 1.01);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16, 64})
  void vegasSettlesBetweenAlphaAndBetaAboveTheCores(int cores) {
    double mean = meanLimit("vegas:baseline=10ms", cores);

    assertThat(mean)
        .isBetween(
            (double) FixedPoints.vegasLeast(cores), (double) FixedPoints.vegasGreatest(cores));
  }

  /**
   * At {@code c} it finds no queue and allows 1.4c; there it finds a queue and goes back: {@code L'
   * = c (2.4 - L/c)} oscillates around 1.2c for ever.
   */
  @ParameterizedTest
  @ValueSource(ints = {16, 64})
  void brpcOscillatesBetweenTheCoresAndFourTenthsMore(int cores) {
    double mean = meanLimit("brpc:reset-interval=10min,min=1,initial=" + cores, cores);

    assertThat(mean).isCloseTo(1.2 * cores, within(0.05 * cores));
  }

  /** One cut by 0.9, then one more permit per round trip: the mean of the saw-tooth is 0.95. */
  @ParameterizedTest
  @ValueSource(ints = {4, 16, 64})
  void aimdOscillatesBelowTheLimitAtWhichARequestTakesTheTimeout(int cores) {
    double closedForm = FixedPoints.aimd(cores, 0.1, 0.01);
    String strategy = "aimd:initial=%d,min=1,max=2000,timeout=100ms".formatted(9 * cores);

    assertThat(meanLimit(strategy + ",pace=round-trip", cores))
        .isBetween(0.9 * closedForm, closedForm);
  }

  /** In Netflix' rule every late request of one round trip cuts: far below the closed form. */
  @ParameterizedTest
  @ValueSource(ints = {4, 16, 64})
  void aimdThatIsCutForEveryLateRequestStaysFarBelow(int cores) {
    double closedForm = FixedPoints.aimd(cores, 0.1, 0.01);
    String strategy = "aimd:initial=%d,min=1,max=2000,timeout=100ms".formatted(9 * cores);

    assertThat(meanLimit(strategy, cores)).isBetween(0.5 * closedForm, 0.8 * closedForm);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 16, 64})
  void gradient2HasNoFixedPointButItsCeiling(int cores) {
    assertThat(meanLimit("gradient2", cores)).isCloseTo(200, within(2.0));
  }

  private static double meanLimit(String strategy, int cores) {
    ServerModel server = ServerModel.of(cores).processorSharing();
    ServiceLaw law = ServiceLaw.deterministic(10_000);
    return Simulation.of(Strategies.builtIn().parse(strategy), server, law)
        .load(LoadProfile.constant(4 * server.capacityPerSecond(law.meanUnits()), 30))
        .leadIn(Duration.ofSeconds(10))
        .seed(1)
        .run()
        .meanLimit();
  }
}
