package shedlab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.simulation.model.Balancer;
import shedlab.simulation.model.ClientModel;
import shedlab.simulation.model.Retry;
import shedlab.simulation.model.ServerModel;
import shedlab.strategy.Strategies;

/** A simulation allocates nothing per request, by the JVM's own count. */
class SimulationMemoryTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fixed:limit=4",
        "fixed:limit=4+fifo:capacity=16",
        "fixed:limit=4+priority:capacity=16",
        "vegas+codel:capacity=16",
        "cpu+fixed:limit=8"
      })
  void aTenTimesLongerRunNeedsNoMoreMemory(String strategy) {
    run(strategy, 20); // loads classes
    long shorter = run(strategy, 8);
    long longer = run(strategy, 80);

    // 72 s more are 57,600 requests more and 14,400 heartbeats.
    assertThat(longer - shorter).isLessThan(60_000);
  }

  private static long run(String strategy, double seconds) {
    Simulation simulation =
        Simulation.of(
                Strategies.builtIn().parse(strategy),
                ServerModel.of(4).withRejectCost(Duration.ofNanos(100_000)),
                ServiceLaw.exponential(10_000))
            .load(LoadProfile.constant(800, seconds))
            .clients(
                ClientModel.impatient(Duration.ofMillis(80))
                    .cancelling()
                    .retrying(Retry.exponential(3, Duration.ofMillis(10), Duration.ofMillis(100))))
            .fleet(2, Balancer.LEAST_IN_FLIGHT);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    simulation.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
