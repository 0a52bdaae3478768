package shedlab.report.pair;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import shedlab.report.result.CellKey;
import shedlab.report.result.CellResult;
import shedlab.report.result.ClientSide;
import shedlab.report.result.Judgement;
import shedlab.report.result.Latency;
import shedlab.report.result.Manifest;
import shedlab.report.result.Outcomes;
import shedlab.report.result.SampleRun;
import shedlab.report.result.ServerSide;
import shedlab.report.result.ServerUse;
import shedlab.report.result.Variant;

/**
 * Synthetic campaigns with realistic noise: 3 % between blocks for the machine, 2 % between cells
 * for the server. The reference has a twin; the goodput of the other strategies is a given share of
 * the reference's.
 */
final class Campaign {
  static final String REFERENCE = "fixed:limit=4";
  static final List<Double> LOADS = List.of(0.9, 1.2, 2.0);

  private static final double CAPACITY = 200;
  private static final double SECONDS = 20;
  private static final Pattern NO_NAME = Pattern.compile("[:=,]");

  private final Random random;
  private final double blockNoise;
  private final double cellNoise;

  Campaign(long seed) {
    this(seed, 0.03, 0.02);
  }

  Campaign(long seed, double blockNoise, double cellNoise) {
    random = new Random(seed);
    this.blockNoise = blockNoise;
    this.cellNoise = cellNoise;
  }

  static Manifest plan(Map<String, Double> strategies, int blocks) {
    var names = new ArrayList<String>(List.of(REFERENCE));
    names.addAll(strategies.keySet());
    Manifest m = SampleRun.manifest(names, LOADS, blocks, true, 1);
    return SampleRun.with(
        m, List.of("netty"), REFERENCE, List.of(new Variant("", Map.of()), twin()));
  }

  /** The same for a run that goes on until its intervals are narrow enough. */
  static Manifest plan(Map<String, Double> strategies, int blocks, double precision) {
    Manifest m = plan(strategies, blocks);
    return Manifest.of(
        m.run(),
        m.invocation(),
        m.purpose(),
        m.grid(),
        m.load(),
        m.setUp(),
        m.seed(),
        Map.of(Precision.FORM.key(), Precision.FORM.writer().apply(precision)));
  }

  private static Variant twin() {
    return new Variant(Variant.TWIN, Map.of());
  }

  /**
   * Cells of one campaign; {@code strategies} has each one's goodput as a share of the reference's.
   */
  List<CellResult> cells(Map<String, Double> strategies, int blocks) {
    var cells = new ArrayList<CellResult>();
    for (int block = 1; block <= blocks; block++) {
      double machine = noise(blockNoise);
      for (double load : LOADS) {
        cells.add(cell(REFERENCE, "", load, block, machine));
        cells.add(cell(REFERENCE, Variant.TWIN, load, block, machine));
        for (Map.Entry<String, Double> strategy : strategies.entrySet()) {
          cells.add(cell(strategy.getKey(), "", load, block, machine * strategy.getValue()));
        }
      }
    }
    return cells;
  }

  private double noise(double sd) {
    return Math.exp(sd * random.nextGaussian());
  }

  private CellResult cell(String strategy, String variant, double load, int block, double factor) {
    double goodput = CAPACITY * Math.min(load, 0.95) * factor * noise(cellNoise);
    long good = Math.round(goodput * SECONDS);
    long offered = Math.max(good, Math.round(load * CAPACITY * SECONDS));
    return CellResult.of(
        new CellKey(
            NO_NAME.matcher(strategy + variant + load + "-" + block).replaceAll("-"),
            "netty",
            strategy,
            variant,
            load,
            block,
            1,
            1),
        CAPACITY,
        ClientSide.of(
            SECONDS,
            load * CAPACITY,
            goodput,
            new Outcomes(good, 0, offered - good, 0, 0, 0),
            Latency.NONE,
            Latency.NONE),
        new ServerSide(
            1.0, 4.0, 4.0, 0.0, new ServerUse(SECONDS, offered, good, offered - good, 0), Map.of()),
        Judgement.of(List.of(), null));
  }
}
