package shedlab.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.simulation.Simulation;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.result.Result;

/**
 * What tuned profiles achieve in simulated time: four cores, work of 10 ms, a deadline of 100 ms,
 * refusals that cost 0.1 ms, a cold start under load. Goodput is a share of the capacity.
 */
@Execution(ExecutionMode.CONCURRENT)
@Tag("optimized")
class TunedProfileTest {
  private static final String TUNED = ":profile=tuned,deadline=100ms,workers=4";

  /** Requests a second. */
  private static final double CAPACITY = 400;

  /**
   * Limits run with processor sharing: a thread for each request. Pieces that use the queue delay
   * run with four workers, first in first out, or with four permits and a backlog.
   *
   * @param piece the piece; if {@code plain} is low its default profile collapses, and tuned must
   *     be far better
   * @param plain the most goodput at twice the capacity with defaults, for equal work
   * @param tuned the least goodput with the tuned profile
   * @param plainVaried as {@code plain}, for exponential work
   * @param tunedVaried as {@code tuned}, for exponential work
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // piece            | behind it                     | host    | plain | tuned | exponential
        "aimd               |                               | sharing | 0.05 | 0.95 | 0.25 | 0.90",
        "aimd-windowed      |                               | sharing | 0.20 | 0.95 | 0.70 | 0.90",
        "vegas              |                               | sharing | 1.05 | 0.95 | 1.05 | 0.90",
        "vegas-windowed     |                               | sharing | 1.05 | 0.95 | 0.90 | 0.90",
        "vegas-quarkus      |                               | sharing | 1.05 | 0.75 | 1.05 | 0.90",
        "gradient           |                               | sharing | 1.05 | 0.95 | 1.05 | 0.90",
        "gradient-windowed  |                               | sharing | 0.05 | 0.95 | 0.45 | 0.90",
        "gradient2          |                               | sharing | 0.05 | 0.95 | 1.05 | 0.90",
        "gradient2-windowed |                               | sharing | 1.05 | 0.95 | 0.75 | 0.85",
        "envoy              |                               | sharing | 1.05 | 0.90 | 1.05 | 0.85",
        "brpc               |                               | sharing | 0.25 | 0.95 | 0.65 | 0.90",
        "failsafe           |                               | sharing | 1.05 | 0.95 | 0.90 | 0.88",
        "breakwater         |                               | pool    | 1.05 | 0.95 | 1.05 | 0.95",
        "sla-gradient       |                               | sharing | 0.05 | 0.95 | 0.92 | 0.95",
        "little             |                               | sharing | 0.75 | 0.95 | 0.90 | 0.95",
        "pi                 | +fixed:limit=4+fifo:capacity=1000 | sharing | 0.05 | 0.90 | 0.85 | 0.85",
        "dagor              |                               | pool    | 0.55 | 0.65 | 0.55 | 0.70",
        "brpc-timeout       |                               | sharing | 0.05 | 0.95 | 0.40 | 0.93",
        "queue-linear       | +fixed:limit=4+fifo:capacity=1000 | sharing | 1.05 | 0.95 | 1.05 | 0.95",
        "little-queue       | +fixed:limit=4+fifo:capacity=1000 | sharing | 1.05 | 0.95 | 0.70 | 0.95",
        "cpu                |                               | sharing | 0.10 | 0.50 | 0.25 | 0.60",
        "kratos             |                               | sharing | 0.05 | 0.90 | 0.05 | 0.85",
        "go-zero            |                               | sharing | 0.80 | 0.85 | 0.88 | 0.85",
        "cpu-tokens         |                               | sharing | 0.80 | 0.90 | 0.80 | 0.85",
        "rajomon            | +fixed:limit=16               | sharing | 0.85 | 0.88 | 0.90 | 0.88",
        "heartbeat          |                               | sharing | 0.05 | 0.95 | 0.45 | 0.95",
        "runnable-credit    |                               | sharing | 1.05 | 0.95 | 1.05 | 0.95",
        "elastic-cpu        |                               | sharing | 0.05 | 0.95 | 0.05 | 0.75",
        "scaled             | +fixed:limit=16               | sharing | 0.90 | 0.92 | 0.90 | 0.88",
        "codel              | +fixed:limit=4                | sharing | 1.05 | 0.95 | 1.05 | 0.95",
      })
  void keepsTheGoodputThatDefaultsLose(
      String piece,
      String behind,
      String host,
      double plain,
      double tuned,
      double plainVaried,
      double tunedVaried) {
    String rest = behind == null ? "" : behind;
    String defaults =
        switch (piece) {
          case "codel" -> "codel:capacity=1000";
          case "sla-gradient", "little", "little-queue" -> piece + ":target=100ms";
          default -> piece;
        };
    ServiceLaw alike = ServiceLaw.deterministic(10_000);
    ServiceLaw varied = ServiceLaw.exponential(10_000);

    assertThat(goodput(defaults + rest, host, alike)).as("plain").isLessThanOrEqualTo(plain);
    assertThat(goodput(defaults + rest, host, varied)).as("plain").isLessThanOrEqualTo(plainVaried);
    assertThat(goodput(piece + TUNED + rest, host, alike)).as("tuned").isGreaterThan(tuned);
    assertThat(goodput(piece + TUNED + rest, host, varied)).as("tuned").isGreaterThan(tunedVaried);
    assertThat(shed(piece + TUNED + rest, host, alike)).as("shed at 0.7x").isLessThan(0.11);
    assertThat(shed(piece + TUNED + rest, host, varied)).as("shed at 0.7x").isLessThan(0.11);
  }

  /** It has no default promise, so the margin is compared with the paper's estimate. */
  @ParameterizedTest
  @CsvSource({"pool,''", "sharing,+fixed:limit=4+fifo:capacity=1000"})
  void bouncersMarginKeepsThePromiseAtTheEdge(String host, String behind) {
    ServiceLaw varied = ServiceLaw.exponential(10_000);
    String tuned = "bouncer" + TUNED;

    assertThat(goodput(tuned + ",margin=none" + behind, host, varied)).isLessThan(0.84);
    assertThat(goodput(tuned + behind, host, varied)).isGreaterThan(0.86);
    assertThat(shed(tuned + behind, host, varied)).isLessThan(0.02);
  }

  /**
   * Five times the capacity, with equal work. After a cold start a queue has grown before the
   * average CPU use reaches the threshold. The window only ever sees the times with this queue, so
   * the bound that follows from them is the queue itself. After ten calm seconds it is not.
   */
  @Test
  void kratosKeepsTheQueueThatItMeetsFirst() {
    LoadProfile cold = LoadProfile.constant(5 * CAPACITY, 60);
    LoadProfile warm = LoadProfile.constant(0.5 * CAPACITY, 10).then(cold);
    ServiceLaw alike = ServiceLaw.deterministic(10_000);

    assertThat(goodput("kratos" + TUNED, "sharing", alike, cold)).isLessThan(0.05);
    assertThat(goodput("kratos" + TUNED, "sharing", alike, warm)).isGreaterThan(0.85);
    assertThat(goodput("kratos" + TUNED + "+fixed:limit=40", "sharing", alike, cold))
        .as("with a limit behind it")
        .isGreaterThan(0.90);
  }

  /** Equal work completes in bursts, and go-zero takes the largest burst as the normal rate. */
  @Test
  void goZeroNeedsALimitBehindItIfAllWorkIsAlikeAndFarTooMuch() {
    LoadProfile cold = LoadProfile.constant(5 * CAPACITY, 60);
    ServiceLaw alike = ServiceLaw.deterministic(10_000);
    ServiceLaw varied = ServiceLaw.exponential(10_000);
    String limited = "go-zero" + TUNED + "+fixed:limit=40";

    assertThat(goodput("go-zero" + TUNED, "sharing", alike, cold)).isLessThan(0.05);
    assertThat(goodput("go-zero" + TUNED, "sharing", varied, cold)).isGreaterThan(0.80);
    assertThat(goodput(limited, "sharing", alike, cold)).isGreaterThan(0.85);
  }

  /** The default priority is shed from 0.74 of the CPU on, and all of it at 0.84. */
  @Test
  void cubicLeavesASixthOfTheCpuUnused() {
    ServiceLaw alike = ServiceLaw.deterministic(10_000);
    ServiceLaw varied = ServiceLaw.exponential(10_000);

    assertThat(goodput("cubic+none", "sharing", alike)).as("plain").isLessThan(0.05);
    assertThat(goodput("cubic" + TUNED, "sharing", alike)).isBetween(0.65, 0.84);
    assertThat(goodput("cubic" + TUNED, "sharing", varied)).isBetween(0.65, 0.84);
    assertThat(shed("cubic" + TUNED, "sharing", varied)).as("shed at 0.7x").isBetween(0.1, 0.3);
  }

  /** It takes 32 windows to come down to the capacity, and then until their queue is served. */
  @Test
  void dagorNeedsABoundedQueueBehindItFarBeyondTheCapacity() {
    LoadProfile cold = LoadProfile.constant(5 * CAPACITY, 60);
    ServiceLaw alike = ServiceLaw.deterministic(10_000);
    String bounded = "dagor" + TUNED + "+fixed:limit=4+fifo:capacity=32";

    assertThat(goodput("dagor" + TUNED, "pool", alike, cold)).isLessThan(0.80);
    assertThat(goodput(bounded, "pool", alike, cold)).isGreaterThan(0.85);
  }

  private static double goodput(String strategy, String host, ServiceLaw law) {
    return goodput(strategy, host, law, LoadProfile.constant(2 * CAPACITY, 60));
  }

  private static double goodput(String strategy, String host, ServiceLaw law, LoadProfile load) {
    return run(strategy, host, law, load).goodputPerSecond() / CAPACITY;
  }

  private static double shed(String strategy, String host, ServiceLaw law) {
    return run(strategy, host, law, LoadProfile.constant(0.7 * CAPACITY, 60))
        .requests()
        .shedShare();
  }

  private static Result run(String strategy, String host, ServiceLaw law, LoadProfile load) {
    ServerModel pool = ServerModel.of(4).withRejectCost(Duration.ofNanos(100_000));
    ServerModel server = host.equals("pool") ? pool : pool.processorSharing();
    return Simulation.of(Strategies.builtIn().parse(strategy), server, law)
        .load(load)
        .leadIn(Duration.ofSeconds(20))
        .deadline(Duration.ofMillis(100))
        .run();
  }
}
