package shedlab.report.finding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.pair.Pairs;
import shedlab.report.pair.Precision;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.RawCell;
import shedlab.report.result.CellResult;
import shedlab.report.result.Condition;
import shedlab.report.result.Manifest;
import shedlab.report.result.Phase;
import shedlab.report.result.RunFiles;
import shedlab.report.result.Variant;
import shedlab.report.statistics.Difference;
import shedlab.report.statistics.FalseClaims;
import shedlab.report.statistics.Median;
import shedlab.report.statistics.SharedSpread;
import shedlab.report.statistics.SharedSpread.Sample;

/**
 * Goodput at the same load on the way up and on the way down of a load that rises and falls again.
 * A server with hysteresis does less on the way down: what it took on at the top is still there.
 *
 * @param ways by condition, in the order of the plan; empty for any other run
 */
public record Ramp(List<Ways> ways) {
  /** The loads between bottom and top are divided into so many parts of equal width. */
  private static final int PARTS = 5;

  /**
   * Goodput around a load, as a share of the capacity: medians of the valid runs.
   *
   * @param load the middle of the part, a multiple of the capacity
   */
  public record At(double load, double up, double down) {}

  /**
   * Both ways of a condition.
   *
   * @param whole the way down from the way up, run by run
   * @param verdict worse if goodput is lower on the way down
   */
  public record Ways(Condition of, List<At> loads, Difference whole, Verdict verdict) {}

  /** The goodput of a run on both ways, by part of the load. */
  private static final class Goodput {
    private final double[] up = new double[PARTS];
    private final double[] down = new double[PARTS];

    double difference() {
      return Difference.between(Arrays.stream(down).sum(), Arrays.stream(up).sum());
    }
  }

  /** The valid runs of a condition, which share their spread with those of the others. */
  private record Runs(Condition of, List<Goodput> goodputs, Sample differences) {
    Runs(Condition of, List<Goodput> goodputs) {
      this(
          of,
          goodputs,
          new Sample(
              of.server(), "", goodputs.stream().mapToDouble(Goodput::difference).toArray()));
    }
  }

  /**
   * Of the time series of a run.
   *
   * @throws IOException that names the file, if a time series is not what it should be
   */
  public static Ramp of(RunFiles run) throws IOException {
    Manifest plan = run.manifest();
    List<Runs> all = new ArrayList<>();
    if (Phase.upAndDown(plan.load().phases())) {
      for (Map.Entry<Condition, List<CellResult>> condition :
          Condition.grouped(plan, run.cells()).entrySet()) {
        List<Goodput> goodputs = new ArrayList<>();
        for (CellResult cell : condition.getValue()) {
          List<ClientCsv.Row> rows = new RawCell(run.cellFolder(cell.key().id())).client();
          if (cell.valid() && !rows.isEmpty()) {
            goodputs.add(goodput(plan, cell, rows));
          }
        }
        if (!goodputs.isEmpty() && !condition.getKey().variant().equals(Variant.TWIN)) {
          all.add(new Runs(condition.getKey(), goodputs));
        }
      }
    }
    return new Ramp(judged(plan, all));
  }

  private static Goodput goodput(Manifest plan, CellResult cell, List<ClientCsv.Row> rows) {
    double half = plan.load().measureSeconds() / 2;
    double each = half / PARTS * cell.capacityPerSecond();
    Goodput goodput = new Goodput();
    for (ClientCsv.Row row : rows) {
      double second = row.second() + ClientCsv.ROW_MILLIS / 2e3 - plan.load().leadInSeconds();
      if (second >= 0 && second < 2 * half) {
        double[] way = second < half ? goodput.up : goodput.down;
        way[part(plan, second)] += row.good() / each;
      }
    }
    return goodput;
  }

  private static int part(Manifest plan, double second) {
    List<Phase> phases = plan.load().phases();
    double least = phases.get(0).from();
    double most = phases.get(phases.size() / 2).from();
    double share = (Phase.factorAt(phases, second) - least) / (most - least);
    return Math.min(PARTS - 1, (int) (share * PARTS));
  }

  /** Each among the others, as pairs are. */
  private static List<Ways> judged(Manifest plan, List<Runs> all) {
    double precision = Precision.of(plan).share();
    int degrees = all.stream().mapToInt(runs -> runs.goodputs.size() - 1).sum();
    SharedSpread spread =
        SharedSpread.of(all.stream().map(Runs::differences).toList(), precision / 10, degrees);
    List<Difference> differences = all.stream().map(runs -> spread.mean(runs.differences)).toList();
    double[] chance = FalseClaims.shares(differences.stream().mapToDouble(Difference::p).toArray());
    return IntStream.range(0, all.size())
        .mapToObj(
            i ->
                new Ways(
                    all.get(i).of,
                    loads(plan, all.get(i)),
                    differences.get(i),
                    verdict(differences.get(i), chance[i], precision)))
        .toList();
  }

  private static Verdict verdict(Difference down, double chance, double precision) {
    if (down.blocks() < Pairs.LEAST_BLOCKS) {
      return Verdict.TOO_FEW;
    }
    boolean none = down.interval().holds(0);
    if (!none && Math.abs(down.mean()) > precision && chance <= FalseClaims.ACCEPTED) {
      return down.mean() < 0 ? Verdict.WORSE : Verdict.BETTER;
    }
    return down.within(precision) ? Verdict.EQUAL : Verdict.NOT_TOLD_APART;
  }

  private static List<At> loads(Manifest plan, Runs runs) {
    List<Phase> phases = plan.load().phases();
    double least = phases.get(0).from();
    double most = phases.get(phases.size() / 2).from();
    return IntStream.range(0, PARTS)
        .mapToObj(
            part ->
                new At(
                    rounded(runs.of.load() * (least + (most - least) * (part + 0.5) / PARTS)),
                    median(runs, goodput -> goodput.up[part]),
                    median(runs, goodput -> goodput.down[part])))
        .toList();
  }

  private static double rounded(double load) {
    return Math.rint(1_000 * load) / 1_000;
  }

  private static double median(Runs runs, Function<Goodput, Double> of) {
    return Median.ofFinite(runs.goodputs.stream().mapToDouble(of::apply));
  }
}
