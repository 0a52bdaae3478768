package shedlab.report.pair;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.report.metric.Metric;
import shedlab.report.pair.Pair.Kind;
import shedlab.report.result.CellKey;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.ClientSide;
import shedlab.report.result.Judgement;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;
import shedlab.report.result.ServerSide;
import shedlab.simulation.Simulation;
import shedlab.simulation.model.Incident;
import shedlab.simulation.model.ServerModel;
import shedlab.strategy.Strategies;

/**
 * Campaigns on a simulated server from which a hypervisor takes 0 to 10 % of the CPU, in bursts of
 * 4 to 30 ms, more in one cell than in the next.
 */
class StealTest {
  private static final String QUEUE = "fixed:limit=4+fifo:capacity=16,timeout=200ms";
  private static final ServerModel SERVER = ServerModel.of(1).withWorkers(4);
  private static final ServiceLaw TASK = ServiceLaw.parse("deterministic", 4_000);
  private static final double CAPACITY = SERVER.capacityPerSecond(4_000);
  private static final double SECONDS = 5;
  private static final double MOST = 0.1;
  private static final int CAMPAIGNS = Boolean.getBoolean("shedlab.thorough") ? 100 : 20;
  private static final int BLOCKS = 4;

  private final Random random = new Random(8);

  private List<CellResult> campaign(int number, double slower) {
    List<CellResult> cells = new ArrayList<>();
    for (int block = 1; block <= BLOCKS; block++) {
      for (double load : Campaign.LOADS) {
        long seed = 1_000L * number + 10L * block + Math.round(load);
        cells.add(cell(Campaign.REFERENCE, load, block, seed, 1));
        cells.add(cell("other", load, block, seed, slower));
      }
    }
    return cells;
  }

  /** The same strategy under either name; with the same seed, the same arrivals. */
  private CellResult cell(String name, double load, int block, long seed, double slower) {
    List<Incident> bursts = new ArrayList<>();
    double wanted = MOST * random.nextDouble() * SECONDS;
    double stolen = 0;
    while (stolen < wanted) {
      double length = 0.004 + 0.026 * random.nextDouble();
      double at = (SECONDS - length) * random.nextDouble();
      bursts.add(Incident.stall(nanos(at), nanos(length)));
      stolen += length;
    }
    double goodput =
        Simulation.of(Strategies.builtIn().parse(QUEUE), SERVER.withUnitNanos(1_000 / slower), TASK)
            .load(LoadProfile.constant(load * CAPACITY, SECONDS))
            .deadline(Duration.ofMillis(250))
            .incidents(bursts)
            .seed(seed)
            .run()
            .goodputPerSecond();
    Check steal =
        new Check(
            Check.STEAL, String.format(Locale.ROOT, "%.3f", stolen / SECONDS), "<= 0.100", true);
    return CellResult.of(
        new CellKey(
            (name + load + "-" + block).replaceAll("[:=]", "-"),
            "netty",
            name,
            "",
            load,
            block,
            1,
            1),
        CAPACITY,
        ClientSide.of(
            SECONDS,
            load * CAPACITY,
            goodput,
            new Outcomes(1, 0, 0, 0, 0, 0),
            Latency.NONE,
            Latency.NONE),
        new ServerSide(1.0, 4.0, 4.0, 0.0, null, Map.of()),
        Judgement.of(List.of(steal), null));
  }

  private static Duration nanos(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  private static List<Pair> pairs(List<CellResult> cells) {
    return Pairs.of(Campaign.plan(Map.of("other", 1.0), BLOCKS, 0.03), cells)
        .of(Kind.STRATEGY, Metric.GOODPUT);
  }

  @Test
  void identicalStrategiesDifferInAtMostOneCampaignOfTwentyAndIntervalsHoldTheTruth() {
    int falseClaims = 0;
    int holds = 0;
    for (int i = 0; i < CAMPAIGNS; i++) {
      List<Pair> pairs = pairs(campaign(i, 1));
      falseClaims += pairs.stream().anyMatch(p -> p.claim().verdict().different()) ? 1 : 0;
      holds += (int) pairs.stream().filter(p -> p.difference().interval().holds(0)).count();
    }
    assertThat(falseClaims).isLessThanOrEqualTo(Math.max(2, CAMPAIGNS / 20));
    assertThat((double) holds / (CAMPAIGNS * Campaign.LOADS.size())).isGreaterThanOrEqualTo(0.9);
  }

  /** Above the capacity; below it, a server that is 8 % slower answers everybody all the same. */
  @Test
  void aSlowdownIsFoundAllTheSame() {
    int found = 0;
    for (int i = 0; i < CAMPAIGNS; i++) {
      found +=
          (int)
              pairs(campaign(i, 0.92)).stream()
                  .filter(p -> p.side().load() == 2)
                  .filter(p -> p.claim().verdict() == Pair.Verdict.WORSE)
                  .count();
    }
    assertThat((double) found / CAMPAIGNS).isGreaterThan(0.8);
  }
}
