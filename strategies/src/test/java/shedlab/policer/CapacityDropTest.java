package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.simulation.Simulation;
import shedlab.simulation.model.Incident;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.result.Counts;
import shedlab.strategy.Strategies;

/**
 * Policers that watch the CPU when half of it is gone, as in the experiment {@code capacity-drop}:
 * four cores, 0.8 of the capacity, half the cores lost from 6 s to 16 s of 26. What such a server
 * can get then is half of its cores, and it is busy when it has used that.
 */
class CapacityDropTest {
  private static final String TUNED = ":profile=tuned,deadline=250ms,workers=4";

  /** Goodput as a share of what is offered; {@code none} has 0.23. */
  @ParameterizedTest
  @CsvSource({
    "cpu, 0.50, 0.75",
    "kratos, 0.35, 0.80",
    "go-zero, 0.50, 0.80",
    "cpu-tokens, 0.65, 0.70",
    "rajomon, 0.70, 0.70",
    "heartbeat, 0.50, 0.80",
    "runnable-credit, 0.75, 0.80",
    "cubic, 0.60, 0.62",
    "scaled, 0.50, 0.70"
  })
  void aPolicerThatWatchesTheCpuDoesNotBehaveLikeNone(String piece, double plain, double tuned) {
    assertThat(goodput("none")).isLessThan(0.25);
    assertThat(goodput(piece)).isGreaterThan(plain);
    assertThat(goodput(piece + TUNED)).isGreaterThan(tuned);
  }

  private static double goodput(String strategy) {
    ServiceLaw law = ServiceLaw.deterministic(10_000);
    ServerModel server =
        ServerModel.of(4).processorSharing().withRejectCost(Duration.ofNanos(100_000));
    Counts requests =
        Simulation.of(Strategies.builtIn().parse(strategy), server, law)
            .load(LoadProfile.constant(0.8 * 400, 26))
            .deadline(Duration.ofMillis(250))
            .incidents(
                List.of(Incident.capacity(Duration.ofSeconds(6), Duration.ofSeconds(10), 0.5)))
            .run()
            .requests();
    return (double) requests.good() / requests.offered();
  }
}
