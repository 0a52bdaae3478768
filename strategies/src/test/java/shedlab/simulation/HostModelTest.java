package shedlab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.load.ArrivalProcess;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.simulation.model.Balancer;
import shedlab.simulation.model.CollectorModel;
import shedlab.simulation.model.CompilerModel;
import shedlab.simulation.model.HostModel;
import shedlab.simulation.model.Incident;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.result.Interval;
import shedlab.simulation.result.Result;
import shedlab.strategy.Strategies;

/** What the program around the gate takes from requests; 10 ms of CPU per request. */
class HostModelTest {
  private static final Duration FAR = Duration.ofSeconds(100);

  @Test
  void inOverloadTheCollectorTakesItsShareOfTheTime() {
    Result result =
        simulation("fixed:limit=4+fifo:capacity=16", pausing(4, "every=500ms,pause=50ms"))
            .load(LoadProfile.constant(800, 21))
            .leadIn(Duration.ofSeconds(1))
            .deadline(FAR)
            .run();

    assertThat(result.throughputPerSecond()).isCloseTo(0.9 * 400, within(2.0));
    assertThat(result.cpuShare()).as("the collector's CPU time is the server's").isEqualTo(1);
  }

  @Test
  void theP99OfAnIdleServerIsThePause() {
    Result result =
        simulation("none", pausing(4, "every=1s,pause=200ms"))
            .load(LoadProfile.constant(100, 20))
            .arrivals(ArrivalProcess.constant())
            .run();

    assertThat(result.admittedLatency().p50()).isCloseTo(10_000_000, within(200_000L));
    // A fifth of the requests waits for the end of a pause, those at its beginning for all of it.
    assertThat(result.admittedLatency().p99()).isBetween(195_000_000L, 215_000_000L);
    assertThat(result.meanWaitNanos()).as("nothing reached the gate meanwhile").isZero();
  }

  @Test
  void theCollectorsOfAFleetTakeTurns() {
    Result result =
        simulation("none", pausing(1, "every=1s,pause=400ms"))
            .fleet(2, Balancer.ROUND_ROBIN)
            .load(LoadProfile.constant(100, 10))
            .arrivals(ArrivalProcess.constant())
            .interval(Duration.ofMillis(100))
            .run();

    assertThat(result.series()).allMatch(row -> row.good() > 0);
  }

  @Test
  void aRefusalBelowWhatPausesLeaveIsFalse() {
    ServerModel server = pausing(1, "every=1s,pause=400ms");
    assertThat(calmTries(server, 55)).isPositive();
    assertThat(calmTries(server, 65)).isZero();
  }

  private static long calmTries(ServerModel server, double perSecond) {
    return simulation("fixed:limit=1", server)
        .load(LoadProfile.constant(perSecond, 5))
        .run()
        .tries()
        .calm();
  }

  @Test
  void aPauseInAnIncidentLeavesTheIncidentAsItIs() {
    Result result =
        simulation("fixed:limit=4+fifo:capacity=16", pausing(4, "every=1s,pause=200ms"))
            .load(LoadProfile.constant(800, 20))
            .incidents(List.of(Incident.capacity(Duration.ZERO, FAR, 0.5)))
            .deadline(FAR)
            .run();

    assertThat(result.throughputPerSecond()).isCloseTo(0.5 * 0.8 * 400, within(4.0));
  }

  /** As machines that break down and repairmen: cores repair, and I/O is the time between. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 0.5",
    "1, 2, 0.5",
    "1, 4, 0.5",
    "2, 2, 0.5",
    "2, 4, 0.5",
    "4, 16, 0.5",
    "1, 4, 0.8",
    "2, 16, 0.8",
    "4, 4, 0.2"
  })
  void workersThatWaitForIoLeaveCoresIdleAsInTheRepairmanModel(int cores, int workers, double io) {
    ServerModel server =
        ServerModel.of(cores).withWorkers(workers).withHost(HostModel.IDEAL.withIo(io));
    double capacity = server.capacityPerSecond(10_000);
    Result result =
        Simulation.of(
                Strategies.builtIn().parse("fixed:limit=200+fifo:capacity=16"),
                server,
                ServiceLaw.exponential(10_000))
            .load(LoadProfile.constant(2 * capacity, 300))
            .leadIn(Duration.ofSeconds(10))
            .deadline(FAR)
            .run();

    double share = busyCores(cores, workers, io / (1 - io)) / cores;
    assertThat(result.throughputPerSecond() / capacity).isCloseTo(share, within(0.02 * share));
    assertThat(result.cpuShare()).isCloseTo(share, within(0.02 * share));
  }

  /** The mean, in units of a request's work (Kleinrock 1975, section 3.8, with many repairmen). */
  private static double busyCores(int cores, int workers, double ioPerCpu) {
    double weight = 1; // of no worker on the cores
    double sum = weight;
    double busy = 0;
    for (int n = 1; n <= workers; n++) {
      weight *= (workers - n + 1) / ioPerCpu / Math.min(n, cores);
      sum += weight;
      busy += weight * Math.min(n, cores);
    }
    return busy / sum;
  }

  @Test
  void halfOfEachRequestIsIoSoThatOneWorkerPerCoreReachesHalfOfTheCapacity() {
    assertThat(saturated(ServerModel.of(4))).isCloseTo(0.5, within(0.005));
    assertThat(saturated(ServerModel.of(4).withWorkers(32))).isCloseTo(1, within(0.005));
  }

  private static double saturated(ServerModel server) {
    return simulation(
                "fixed:limit=32+fifo:capacity=16", server.withHost(HostModel.IDEAL.withIo(0.5)))
            .load(LoadProfile.constant(800, 30))
            .leadIn(Duration.ofSeconds(1))
            .deadline(FAR)
            .run()
            .throughputPerSecond()
        / 400;
  }

  @Test
  void aRefusalBelowWhatTheWorkersReachIsFalse() {
    ServerModel server = ServerModel.of(1).withHost(HostModel.IDEAL.withIo(0.5));
    assertThat(calmTries(server, 45)).isPositive();
    assertThat(calmTries(server, 55)).isZero();
  }

  @Test
  void aServerThatStartsIntoOverloadStaysSlowForLonger() {
    String strategy = "fixed:limit=8+fifo:capacity=8";
    assertThat(fullSpeed(strategy, 300)).isGreaterThan(fullSpeed(strategy, 50) + 3);
  }

  @Test
  void fewPermitsLeaveTheCompilerItsCpu() {
    int few = fullSpeed("fixed:limit=1+fifo:capacity=8", 300);
    int many = fullSpeed("fixed:limit=8+fifo:capacity=8", 300);
    // Half of the core and a ninth of it, for 2 s of CPU time.
    assertThat(few).isBetween(3, 6);
    assertThat(many).isBetween(17, 21);
  }

  /** After how many seconds a core does what it is asked for, or all that it can do. */
  private static int fullSpeed(String strategy, double offered) {
    CompilerModel compiler = CompilerModel.read("slow=3,after=20,work=2s");
    ServerModel server =
        ServerModel.of(1).withWorkers(8).withHost(HostModel.IDEAL.withCompiler(compiler));
    List<Interval> series =
        simulation(strategy, server)
            .load(LoadProfile.constant(offered, 40))
            .deadline(FAR)
            .interval(Duration.ofSeconds(1))
            .run()
            .series();
    int seconds = 0;
    while (series.get(seconds).good() < 0.95 * Math.min(100, series.get(seconds).offered())) {
      seconds++;
    }
    return seconds;
  }

  @Test
  void aRefusalBelowWhatSlowCodeCanDoIsFalse() {
    CompilerModel never = CompilerModel.read("slow=10,after=1000000,work=1min");
    ServerModel server = ServerModel.of(1).withHost(HostModel.IDEAL.withCompiler(never));
    assertThat(calmTries(server, 8)).isPositive();
    assertThat(calmTries(server, 12)).isZero();
  }

  private static ServerModel pausing(int cores, String collector) {
    return ServerModel.of(cores)
        .withHost(HostModel.IDEAL.withCollector(CollectorModel.read(collector)));
  }

  private static Simulation simulation(String strategy, ServerModel server) {
    return Simulation.of(
            Strategies.builtIn().parse(strategy), server, ServiceLaw.deterministic(10_000))
        .seed(3);
  }
}
