package shedlab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.load.ArrivalProcess;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.simulation.model.Balancer;
import shedlab.simulation.model.ClientModel;
import shedlab.simulation.model.Incident;
import shedlab.simulation.model.Retry;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.model.Tenant;
import shedlab.simulation.result.Counts;
import shedlab.simulation.result.Interval;
import shedlab.simulation.result.Result;
import shedlab.strategy.Strategies;

/** Invariants of every simulation, for random settings. */
@Tag("optimized")
class ConservationTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  /** So many random settings; more of them with {@code make test-runs}. */
  private static final int SEEDS = Boolean.getBoolean("shedlab.thorough") ? 100 : 40;

  static List<Long> seeds() {
    List<Long> seeds = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      seeds.add(seed);
    }
    return seeds;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyRequestEndsOnceAndEveryTryIsAnsweredOnce(long seed) {
    Endings endings = new Endings();
    Result result = drawn(seed).observer(endings).run();
    Counts all = result.requests();
    Result.Tries tries = result.tries();
    long shed = tries.shedByReason().values().stream().mapToLong(n -> n).sum();

    assertThat(all.good() + all.late() + all.shed() + all.abandoned() + all.inSystem())
        .isEqualTo(all.offered())
        .isPositive();
    assertThat(all.inSystem()).isNotNegative();
    assertThat(endings.of).containsExactly(all.good(), all.late(), all.shed(), all.abandoned());
    assertThat(result.byTenant().stream().mapToLong(Counts::offered).sum())
        .isEqualTo(all.offered());
    assertThat(tries.entered()).isGreaterThanOrEqualTo(all.offered());
    assertThat(tries.admitted() + shed).isLessThanOrEqualTo(tries.entered());
    assertThat(tries.falseShed()).isLessThanOrEqualTo(tries.calm());
    assertThat(result.cpuShare()).isBetween(0.0, 1.0 + 1e-9);
    assertThat(result.admittedLatency().count()).isEqualTo(all.done());
    assertThat(result.shedLatency().count()).isEqualTo(all.shed());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theIntervalsAddUpToTheWhole(long seed) {
    Result result = drawn(seed).interval(Duration.ofMillis(700)).run();
    List<Interval> series = result.series();

    assertThat(series.stream().mapToLong(Interval::offered).sum())
        .isEqualTo(result.requests().offered());
    assertThat(series.stream().mapToLong(Interval::tries).sum())
        .isEqualTo(result.tries().entered());
    double seconds = series.stream().mapToDouble(Interval::seconds).sum();
    assertThat(seconds).isCloseTo(result.windowSeconds(), within(1e-6));
    assertThat(series.stream().mapToDouble(i -> i.cpuShare() * i.seconds()).sum() / seconds)
        .isCloseTo(result.cpuShare(), within(1e-6));
    assertThat(series.stream().mapToDouble(i -> i.meanInflight() * i.seconds()).sum() / seconds)
        .isCloseTo(result.meanInflight(), within(1e-6 * (1 + result.meanInflight())));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theSameSettingsGiveTheSameResultBitForBit(long seed) {
    assertThat(drawn(seed).run()).isEqualTo(drawn(seed).run());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void requestsThatWereDrawnBeforeMakeNoDifference(long seed) {
    Simulation plain = drawn(seed);

    assertThat(drawn(seed).seed(0).requests(plain.draw()).run()).isEqualTo(plain.run());
  }

  @Test
  void aSimulationRunsAgainFromTheStartAndASeedMakesADifference() {
    Simulation simulation = drawn(4);
    Result first = simulation.run();

    assertThat(simulation.run()).isEqualTo(first);
    assertThat(simulation.seed(5).run()).isNotEqualTo(first);
  }

  private static final class Endings implements Observer {
    final List<Long> of = new ArrayList<>(List.of(0L, 0L, 0L, 0L));

    @Override
    public void ended(long intendedNanos, long endedNanos, Ending ending, int tenant) {
      assertThat(endedNanos).isGreaterThanOrEqualTo(intendedNanos);
      of.set(ending.ordinal(), of.get(ending.ordinal()) + 1);
    }
  }

  /** A random setting of everything. Windows begin at zero, so that everything is counted. */
  private static Simulation drawn(long seed) {
    Random random = new Random(seed);
    int cores = 1 + random.nextInt(4);
    ServerModel server =
        ServerModel.of(cores).withWorkers(oneOf(random, cores, 2 * cores, ServerModel.UNBOUNDED));
    if (random.nextBoolean()) {
      server = server.withRejectCost(Duration.ofNanos(random.nextInt(3_000_000)));
    }
    String law =
        oneOf(random, "deterministic", "exponential", "bimodal", "pareto", "lognormal:cv=0.5");
    String strategy =
        oneOf(
            random,
            "none",
            "fixed:limit=3",
            "fixed:limit=4+fifo:capacity=10",
            "fixed:limit=2+lifo:capacity=10",
            "fixed:limit=4+priority:capacity=10",
            "fixed:limit=2+fair:capacity=12",
            "deadline+fixed:limit=4+edf:capacity=10",
            "aimd:min=1,timeout=50ms",
            "vegas+fifo:capacity=8",
            "gradient2:min=1+codel:capacity=20",
            "cpu:threshold=0.8+fixed:limit=20");
    int servers = 1 + random.nextInt(4);
    double capacity = servers * server.capacityPerSecond(10_000);
    LoadProfile load =
        oneOf(
                random,
                LoadProfile.constant(0.8, 4),
                LoadProfile.constant(2, 4),
                LoadProfile.constant(0.5, 1).then(3, 1).then(0.5, 2),
                LoadProfile.ramp(0.2, 2, 4, 20),
                LoadProfile.constant(4, 0.1).then(0, 0.9).times(4))
            .scaledBy(capacity);
    Retry retry =
        oneOf(
            random,
            Retry.NONE,
            Retry.immediate(3),
            Retry.exponential(4, Duration.ofMillis(20), Duration.ofMillis(200)),
            Retry.immediate(3).withBudget(0.1),
            Retry.immediate(2).honouringRetryAfter());
    ClientModel clients = ClientModel.PATIENT;
    if (random.nextBoolean()) {
      clients = ClientModel.impatient(Duration.ofMillis(20 + random.nextInt(200)));
    }
    if (random.nextBoolean()) {
      clients = clients.cancelling();
    }
    if (random.nextBoolean()) {
      clients = clients.tellingDeadline();
    }
    List<Incident> incidents = new ArrayList<>();
    Duration at = Duration.ofMillis(500 + random.nextInt(2_000));
    Duration length = Duration.ofMillis(1 + random.nextInt(1_000));
    if (random.nextBoolean()) {
      incidents.add(Incident.stall(at, length).of(1 + random.nextInt(servers)));
    }
    if (random.nextBoolean()) {
      incidents.add(Incident.capacity(Duration.ofSeconds(2), length, 0.5));
    }
    if (random.nextBoolean()) {
      incidents.add(Incident.slowdown(Duration.ofSeconds(1), Incident.FOR_GOOD, 2));
    }
    List<Tenant> tenants =
        random.nextBoolean()
            ? List.of(Tenant.EVERYBODY)
            : List.of(
                new Tenant("a", 1, 0, 1), new Tenant("b", 2, 7, 0.5), new Tenant("c", 1, 3, 2));
    return Simulation.of(
            Strategies.builtIn().parse(strategy), server, ServiceLaw.parse(law, 10_000))
        .fleet(servers, oneOf(random, Balancer.values()))
        .load(load)
        .arrivals(
            ArrivalProcess.parse(
                oneOf(random, "poisson", "constant", "bursts:every=500ms", "markov")))
        .clients(clients.retrying(retry))
        .tenants(tenants)
        .incidents(incidents)
        .deadline(LONG)
        .seed(seed);
  }

  @SafeVarargs
  private static <T> T oneOf(Random random, T... values) {
    return values[random.nextInt(values.length)];
  }
}
