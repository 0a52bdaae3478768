package shedlab.report.pair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import shedlab.report.metric.Better;
import shedlab.report.metric.Metric;
import shedlab.report.pair.Pair.Claim;
import shedlab.report.pair.Pair.Kind;
import shedlab.report.pair.Pair.Machine;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.result.Condition;
import shedlab.report.result.Variant;
import shedlab.report.statistics.Bootstrap;
import shedlab.report.statistics.Difference;
import shedlab.report.statistics.FalseClaims;
import shedlab.report.statistics.SharedSpread;
import shedlab.report.statistics.SharedSpread.Sample;
import shedlab.report.text.Numbers;

/** Collects pairs, then judges each among the others of its family. */
final class Judge {
  private record Family(Kind kind, Metric measure, String server) {
    static Family of(Pair pair) {
      return new Family(pair.kind(), pair.measure(), pair.side().server());
    }
  }

  private record Place(String server, Metric measure) {}

  /** A pair whose interval is not known before those of the pairs beside it. */
  private record Found(
      Kind kind,
      Metric measure,
      Condition side,
      Condition other,
      String against,
      int blocks,
      Sample differences,
      Machine machine,
      double band) {
    Alike alike() {
      return new Alike(kind, measure);
    }

    Pair with(Difference difference) {
      Claim open = new Claim(Double.NaN, band, Verdict.NOT_TESTED, "");
      return new Pair(kind, measure, side, against, difference, machine, open);
    }
  }

  /** Pairs whose spreads tell of each other. */
  private record Alike(Kind kind, Metric measure) {}

  private final double precision;
  private final Bootstrap bootstrap;
  private final Map<Place, double[]> twins = new LinkedHashMap<>();
  private final Map<List<Object>, Double> widths = new LinkedHashMap<>();
  private final List<Found> found = new ArrayList<>();

  /**
   * A judge of differences.
   *
   * @param precision smaller differences, as a share, count as none
   */
  Judge(long seed, double precision) {
    this.bootstrap = new Bootstrap(seed);
    this.precision = precision;
  }

  /** Adds every difference between the reference and itself. */
  void twins(Blocks blocks) {
    for (Condition side : blocks.cells().keySet()) {
      for (Metric measure : Metric.compared()) {
        var place = new Place(side.server(), measure);
        double[] known = twins.computeIfAbsent(place, p -> new double[0]);
        if (side.variant().equals(Variant.TWIN)) {
          Condition plain = side.withVariant("");
          twins.put(place, joined(known, blocks.differences(measure, side, blocks, plain)));
        }
      }
    }
  }

  void pair(
      Kind kind,
      Blocks blocks,
      Condition side,
      Blocks others,
      Condition other,
      String against,
      List<Metric> measures) {
    for (Metric measure : measures) {
      double[] differences = blocks.differences(measure, side, others, other);
      double band = band(kind, measure, differences.length, List.of(side.server(), other.server()));
      Machine machine =
          Machine.of(
              blocks.machines(measure, side, others, other),
              others.machines(measure, other, blocks, side));
      List<String> noisyAs = List.of(side.strategy(), side.variant());
      Sample sample = new Sample(side.load(), noisyAs, differences);
      found.add(
          new Found(
              kind, measure, side, other, against, differences.length, sample, machine, band));
    }
  }

  /** A twin is not judged by itself. */
  private double band(Kind kind, Metric measure, int n, List<String> servers) {
    if (n == 0 || kind == Kind.TWIN) {
      return precision;
    }
    return widths.computeIfAbsent(
        List.of(measure, n, servers),
        key -> {
          double[] pool = new double[0];
          for (String server : servers.stream().distinct().toList()) {
            pool = joined(pool, twins.getOrDefault(new Place(server, measure), pool));
          }
          return pool.length == 0 ? precision : Math.max(precision, bootstrap.mostOfMeans(pool, n));
        });
  }

  Pairs pairs() {
    Map<Alike, SharedSpread> spreads =
        found.stream()
            .collect(
                Collectors.groupingBy(
                    Found::alike, Collectors.collectingAndThen(Collectors.toList(), this::spread)));
    List<Pair> pairs =
        found.stream()
            .map(
                each ->
                    each.with(
                        Objects.requireNonNull(spreads.get(each.alike())).mean(each.differences())))
            .toList();
    Map<Family, List<Pair>> families =
        pairs.stream()
            .filter(pair -> pair.difference().blocks() >= Pairs.LEAST_BLOCKS)
            .filter(pair -> pair.machine() != Machine.BOTH) // nothing is claimed of them
            .collect(Collectors.groupingBy(Family::of));
    var q = new IdentityHashMap<Pair, Double>(); // a pair's own hash reads all that is in it
    families.values().forEach(family -> falseClaims(family, q));
    return new Pairs(
        pairs.stream()
            .map(
                pair ->
                    judged(
                        pair,
                        q.getOrDefault(pair, Double.NaN),
                        families.getOrDefault(Family.of(pair), List.of()).size()))
            .toList(),
        twins.entrySet().stream()
            .map(
                e ->
                    new Band(
                        e.getKey().server,
                        e.getKey().measure,
                        e.getValue().length,
                        e.getValue().length < 2
                            ? Double.NaN
                            : StandardDeviation.of(e.getValue()).getAsDouble()))
            .toList());
  }

  /** Pairs with the same second side have its noise in common: together they know no more of it. */
  private SharedSpread spread(List<Found> alike) {
    Map<Condition, Integer> degrees = new HashMap<>();
    alike.forEach(pair -> degrees.merge(pair.other(), Math.max(0, pair.blocks() - 1), Math::max));
    return SharedSpread.of(
        alike.stream().map(Found::differences).toList(),
        precision / 10,
        degrees.values().stream().mapToInt(Integer::intValue).sum());
  }

  /** The share of false claims among a claim and all that are at least as clear. */
  private static void falseClaims(List<Pair> family, IdentityHashMap<Pair, Double> q) {
    double[] shares =
        FalseClaims.shares(family.stream().mapToDouble(pair -> pair.difference().p()).toArray());
    for (int i = 0; i < shares.length; i++) {
      q.put(family.get(i), shares[i]);
    }
  }

  private Pair judged(Pair pair, double q, int family) {
    Difference difference = pair.difference();
    double band = pair.claim().band();
    boolean none = difference.interval().holds(0);
    Verdict verdict;
    String why;
    if (difference.blocks() == 0) {
      verdict = Verdict.NOT_TESTED;
      why = "no block has both";
    } else if (difference.blocks() < Pairs.LEAST_BLOCKS) {
      verdict = Verdict.TOO_FEW;
      why = "blocks: " + difference.blocks() + " (expected: " + Pairs.LEAST_BLOCKS + " or more)";
    } else if (pair.machine() == Machine.BOTH) {
      verdict = Verdict.NOT_TOLD_APART;
      why = "both lie within twice the machine's noise floor";
    } else if (!none && Math.abs(difference.mean()) > band && q <= FalseClaims.ACCEPTED) {
      boolean more = pair.measure().better() == Better.MORE;
      verdict = difference.mean() > 0 == more ? Verdict.BETTER : Verdict.WORSE;
      why =
          "the interval leaves out 0, and "
              + (band > precision
                  ? "identical (A/A) runs differ less"
                  : "it is above the precision");
    } else if (difference.within(precision)) {
      verdict = Verdict.EQUAL;
      why =
          difference.farthest() == 0
              ? "the same figure in every block"
              : "they differ by less than " + Numbers.percentAbove(difference.farthest());
    } else {
      verdict = Verdict.NOT_TOLD_APART;
      why =
          none
              ? "the difference may be up to " + Numbers.percentAbove(difference.farthest())
              : Math.abs(difference.mean()) <= band
                  ? band > precision ? "identical (A/A) runs differ as much" : "too little to count"
                  : "perhaps by chance, among " + family + " comparisons";
    }
    return pair.claiming(new Claim(q, band, verdict, why));
  }

  private static double[] joined(double[] first, double[] second) {
    return IntStream.range(0, first.length + second.length)
        .mapToDouble(i -> i < first.length ? first[i] : second[i - first.length])
        .toArray();
  }
}
