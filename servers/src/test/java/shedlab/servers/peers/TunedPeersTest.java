package shedlab.servers.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.simulation.Simulation;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.result.Result;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategies;

/**
 * What the tuned profiles of other people's limiters are worth, in the same simulated time as those
 * of ours: four cores shared by all who are admitted, work of 10 ms, a deadline of 100 ms, refusals
 * that cost 0.1 ms, begun cold under load. Goodput as a share of the capacity.
 */
final class TunedPeersTest {
  private static final Strategies STRATEGIES = Strategies.installed();

  /**
   * The bounds are loose, as Vegas and Gradient draw the moments of their probes.
   *
   * @param plain goodput at twice the capacity with defaults, at most; work that is all alike
   * @param tuned the same with the tuned profile, at least
   * @param plainVaried as {@code plain}, for exponential work
   * @param tunedVaried as {@code tuned}, for exponential work
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // limiter                  | plain | tuned | exponential
        "netflix-aimd               | 0.05 | 0.85 | 0.25 | 0.78",
        "netflix-aimd-windowed      | 0.20 | 0.85 | 0.70 | 0.85",
        "netflix-vegas              | 1.05 | 0.90 | 1.05 | 0.85",
        "netflix-vegas-windowed     | 1.05 | 0.90 | 0.95 | 0.80",
        "netflix-gradient           | 1.05 | 0.90 | 1.05 | 0.85",
        "netflix-gradient-windowed  | 0.20 | 0.90 | 0.60 | 0.85",
        "netflix-gradient2          | 0.05 | 0.90 | 1.05 | 0.85",
        "netflix-gradient2-windowed | 1.05 | 0.90 | 0.80 | 0.80",
      })
  void keepTheGoodputThatDefaultsLose(
      String limiter, double plain, double tuned, double plainVaried, double tunedVaried) {
    ServiceLaw alike = ServiceLaw.deterministic(10_000);
    ServiceLaw varied = ServiceLaw.exponential(10_000);
    String profile = limiter + ":profile=tuned,deadline=100ms,workers=4";

    assertThat(goodput(limiter, alike)).as("plain").isLessThanOrEqualTo(plain);
    assertThat(goodput(limiter, varied)).as("plain").isLessThanOrEqualTo(plainVaried);
    assertThat(goodput(profile, alike)).as("tuned").isGreaterThan(tuned);
    assertThat(goodput(profile, varied)).as("tuned").isGreaterThan(tunedVaried);
    assertThat(shedCalm(profile, alike)).as("shed at 0.7x").isLessThan(0.11);
    assertThat(shedCalm(profile, varied)).as("shed at 0.7x").isLessThan(0.11);
  }

  /** Its default looks at the CPU of the machine, which is not the simulated one. */
  @Test
  void quarkusTunedKeepsTheGoodput() {
    String profile = "quarkus-load-shedding:profile=tuned,deadline=100ms,workers=4";
    ServiceLaw alike = ServiceLaw.deterministic(10_000);
    ServiceLaw varied = ServiceLaw.exponential(10_000);

    assertThat(goodput(profile, alike)).isGreaterThan(0.90);
    assertThat(goodput(profile, varied)).isGreaterThan(0.85);
    assertThat(shedCalm(profile, alike)).as("shed at 0.7x").isLessThan(0.11);
    assertThat(shedCalm(profile, varied)).as("shed at 0.7x").isLessThan(0.11);
  }

  /** The library accepts no shorter window than 100 ms. */
  @Test
  void aWindowIsAsLongAsTheDeadlineButNoShorterThanTheLibraryAllows() {
    String tuned = "netflix-aimd-windowed:profile=tuned,workers=4,deadline=";

    assertThat(STRATEGIES.parse(tuned + "250ms").toString()).contains(",window=250ms,");
    assertThat(STRATEGIES.parse(tuned + "20ms").toString()).contains(",window=100ms,");
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> STRATEGIES.parse("netflix-aimd-windowed:window=99ms"))
        .withMessage("window: 99ms (expected: a duration of 100ms or more)");
  }

  /** One less than may be in flight: it looks before it counts. */
  @Test
  void sentinelIsTunedToALimit() {
    assertThat(STRATEGIES.parse("sentinel-system:profile=tuned,deadline=100ms,workers=4"))
        .hasToString("sentinel-system:cpu=0.0,load=0.0,qps=0.0,rt=0,threads=15");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "netflix-aimd",
        "netflix-vegas",
        "netflix-gradient",
        "netflix-gradient2",
        "netflix-aimd-windowed",
        "netflix-vegas-windowed",
        "netflix-gradient-windowed",
        "netflix-gradient2-windowed",
        "sentinel-system",
        "quarkus-load-shedding"
      })
  void everyTunedProfileKeepsItsRulesForAnyTarget(String limiter) {
    for (String deadline : new String[] {"1us", "100ms", "1min"}) {
      for (int workers : new int[] {1, 2, 7, 64, 10_000}) {
        String text = limiter + ":profile=tuned,deadline=" + deadline + ",workers=" + workers;

        assertThat(STRATEGIES.parse(text).admission(() -> 0).limit()).isPositive();
      }
    }
  }

  private static double goodput(String strategy, ServiceLaw law) {
    return run(strategy, law, 2).goodputPerSecond() / 400;
  }

  private static double shedCalm(String strategy, ServiceLaw law) {
    return run(strategy, law, 0.7).requests().shedShare();
  }

  private static Result run(String strategy, ServiceLaw law, double load) {
    ServerModel server =
        ServerModel.of(4).processorSharing().withRejectCost(Duration.ofNanos(100_000));
    return Simulation.of(STRATEGIES.parse(strategy), server, law)
        .load(LoadProfile.constant(load * server.capacityPerSecond(law.meanUnits()), 60))
        .leadIn(Duration.ofSeconds(20))
        .deadline(Duration.ofMillis(100))
        .run();
  }
}
