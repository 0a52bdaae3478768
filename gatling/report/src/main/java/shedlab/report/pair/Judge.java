package shedlab.report.pair;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.inference.TTest;
import shedlab.report.metric.Better;
import shedlab.report.metric.Metric;
import shedlab.report.pair.Pair.Claim;
import shedlab.report.pair.Pair.Estimate;
import shedlab.report.pair.Pair.Kind;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.result.Condition;
import shedlab.report.result.Variant;
import shedlab.report.statistics.Bootstrap;
import shedlab.report.statistics.Interval;
import shedlab.report.statistics.Median;

/** Collects pairs, then judges each among the others of its family. */
final class Judge {
  private static final double FALSE_CLAIMS = 0.05;

  /** Greater ratios count as a factor of a thousand, because a logarithm must be finite. */
  private static final double UTMOST = Math.log(1_000);

  private static final Interval NONE = new Interval(Double.NaN, Double.NaN, 0);

  private record Family(Kind kind, Metric measure, String server) {
    static Family of(Pair pair) {
      return new Family(pair.kind(), pair.measure(), pair.side().server());
    }
  }

  private record Place(String server, Metric measure) {}

  private final Bootstrap bootstrap;
  private final Map<Place, double[]> twins = new LinkedHashMap<>();
  private final Map<List<Object>, Double> widths = new LinkedHashMap<>();
  private final List<Pair> pairs = new ArrayList<>();

  Judge(long seed) {
    bootstrap = new Bootstrap(seed);
  }

  /** Adds the logarithms of every ratio of the reference to itself. */
  void twins(Blocks blocks) {
    for (Condition side : blocks.cells().keySet()) {
      for (Metric measure : Metric.compared()) {
        var place = new Place(side.server(), measure);
        double[] known = twins.computeIfAbsent(place, p -> new double[0]);
        if (side.variant().equals(Variant.TWIN)) {
          Condition plain = side.withVariant("");
          double[] more = logs(blocks.ratios(measure, side, blocks, plain));
          twins.put(place, joined(known, more));
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
      double[] ratios = blocks.ratios(measure, side, others, other);
      int n = ratios.length;
      pairs.add(
          new Pair(
              kind,
              measure,
              side,
              against,
              new Estimate(
                  n,
                  n == 0 ? Double.NaN : Median.of(ratios),
                  n == 0 ? NONE : bootstrap.percentiles(ratios),
                  n == 0 ? NONE : Bootstrap.orderStatistics(ratios),
                  p(ratios)),
              new Claim(
                  Double.NaN,
                  band(kind, measure, n, List.of(side.server(), other.server())),
                  Verdict.INDISTINGUISHABLE,
                  "")));
    }
  }

  /** A twin is not judged by itself. */
  private double band(Kind kind, Metric measure, int n, List<String> servers) {
    double floor = 1 + Pairs.FLOOR;
    if (n == 0 || kind == Kind.TWIN) {
      return floor;
    }
    return widths.computeIfAbsent(
        List.of(measure, n, servers),
        key -> {
          double[] pool = new double[0];
          for (String server : servers.stream().distinct().toList()) {
            pool = joined(pool, twins.getOrDefault(new Place(server, measure), pool));
          }
          return pool.length == 0
              ? floor
              : Math.max(floor, Math.exp(bootstrap.mostOfMedians(pool, n)));
        });
  }

  Pairs pairs() {
    Map<Family, List<Pair>> families =
        pairs.stream()
            .filter(pair -> pair.estimate().blocks() >= Pairs.LEAST_BLOCKS)
            .collect(Collectors.groupingBy(Family::of));
    var q = new LinkedHashMap<Pair, Double>();
    families.values().forEach(family -> q.putAll(falseClaims(family)));
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

  /** The share of false claims among a claim and all that are at least as clear. */
  private static Map<Pair, Double> falseClaims(List<Pair> family) {
    List<Pair> clearestLast =
        family.stream()
            .sorted(Comparator.comparingDouble((Pair pair) -> pair.estimate().p()).reversed())
            .toList();
    var shares = new LinkedHashMap<Pair, Double>();
    double least = 1;
    int rank = family.size();
    for (Pair pair : clearestLast) {
      least = Math.min(least, pair.estimate().p() * family.size() / rank--);
      shares.put(pair, least);
    }
    return shares;
  }

  private static Pair judged(Pair pair, double q, int family) {
    Verdict verdict = Verdict.INDISTINGUISHABLE;
    String why;
    if (pair.estimate().blocks() < Pairs.LEAST_BLOCKS) {
      why = pair.estimate().blocks() + " blocks (expected: " + Pairs.LEAST_BLOCKS + " or more)";
    } else if (pair.estimate().interval().holds(1)) {
      why = "the interval includes 1";
    } else if (Math.abs(Math.log(pair.estimate().ratio())) <= Math.log(pair.claim().band())) {
      why = "identical (A/A) runs differ as much";
    } else if (!(q <= FALSE_CLAIMS)) {
      why = "chance, among " + family + " comparisons";
    } else {
      boolean more = pair.measure().better() == Better.MORE;
      boolean better = pair.estimate().ratio() > 1 == more;
      verdict = better ? Verdict.BETTER : Verdict.WORSE;
      why = "the interval excludes 1, and identical (A/A) runs differ less";
    }
    return pair.claiming(new Claim(q, pair.claim().band(), verdict, why));
  }

  private static double p(double[] ratios) {
    double[] logs = logs(ratios);
    if (logs.length < 2) {
      return Double.NaN;
    }
    if (Arrays.stream(logs).distinct().count() == 1) {
      return logs[0] == 0 ? 1 : 0; // without any spread the answer is certain
    }
    return TTest.withDefaults().test(logs).getPValue();
  }

  private static double[] logs(double[] ratios) {
    return Arrays.stream(ratios)
        .map(r -> Math.max(-UTMOST, Math.min(UTMOST, Math.log(r))))
        .toArray();
  }

  private static double[] joined(double[] first, double[] second) {
    return IntStream.range(0, first.length + second.length)
        .mapToDouble(i -> i < first.length ? first[i] : second[i - first.length])
        .toArray();
  }
}
