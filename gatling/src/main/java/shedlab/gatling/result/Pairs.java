package shedlab.gatling.result;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.inference.TTest;
import shedlab.gatling.result.Pair.Kind;
import shedlab.gatling.result.Pair.Verdict;

/**
 * What may be said of the differences in a run. Cells of the same block met the same arrivals and
 * much the same machine, so it is their ratio that is repeated: the unit is the block, and its
 * noise the noise of blocks (Kalibera and Jones 2013).
 *
 * <p>One is called better or worse if there are {@value #LEAST_BLOCKS} blocks or more, the interval
 * of the median ratio leaves out 1, the ratio lies outside the band of what equals show, and the
 * claim survives the others of its family (Benjamini and Hochberg 1995, {@value #FALSE_CLAIMS}).
 *
 * @param pairs in the order of the plan
 * @param bands one for each server and measure
 */
public record Pairs(List<Pair> pairs, List<Band> bands) {
  /** Of fewer blocks no interval covers as much as 90 %. */
  public static final int LEAST_BLOCKS = 5;

  /** Differences under this share are of no practical use, however sure. */
  public static final double FLOOR = 0.05;

  private static final double FALSE_CLAIMS = 0.05;

  /** Beyond a factor of a thousand all is the same; a logarithm needs an end. */
  private static final double UTMOST = Math.log(1_000);

  private static final Interval NONE = new Interval(Double.NaN, Double.NaN, 0);

  /** Valid cells of every condition by block. */
  private record Blocks(Map<Condition, Map<Integer, CellResult>> cells) {
    static Blocks of(Manifest manifest, Collection<CellResult> cells) {
      var blocks = new LinkedHashMap<Condition, Map<Integer, CellResult>>();
      Condition.grouped(
              cells,
              Summary.extended(manifest.servers(), cells, CellResult::server),
              Summary.extended(manifest.strategies(), cells, CellResult::strategy),
              Summary.extended(
                  manifest.variants().stream().map(Variant::name).toList(),
                  cells,
                  CellResult::variant),
              Summary.extended(manifest.loads(), cells, CellResult::load))
          .forEach(
              (condition, repeats) -> {
                var valid = new TreeMap<Integer, CellResult>();
                repeats.stream()
                    .filter(CellResult::valid)
                    .forEach(cell -> valid.put(cell.repeat(), cell));
                blocks.put(condition, valid);
              });
      return new Blocks(blocks);
    }

    /** Figures of one side over those of the other, block by block, where both have them. */
    double[] ratios(Measure measure, Condition side, Blocks others, Condition other) {
      Map<Integer, CellResult> against = others.cells.getOrDefault(other, Map.of());
      var ratios = DoubleStream.builder();
      cells
          .getOrDefault(side, Map.of())
          .forEach(
              (block, cell) -> {
                CellResult match = against.get(block);
                if (match != null) {
                  ratios.add(measure.of(cell) / measure.of(match));
                }
              });
      // NaN: no figure, or nothing on either side.
      return ratios.build().filter(ratio -> !Double.isNaN(ratio)).toArray();
    }
  }

  /** Every pair of a run. */
  public static Pairs of(Manifest manifest, Collection<CellResult> cells) {
    var judge = new Judge(manifest.seed());
    Blocks blocks = Blocks.of(manifest, cells);
    judge.twins(blocks);
    String reference = manifest.reference();
    for (Condition side : blocks.cells.keySet()) {
      boolean twin = side.variant().equals(Variant.TWIN);
      Condition plain = side.withVariant("");
      if (!side.variant().isEmpty()) {
        judge.pair(
            twin ? Kind.TWIN : Kind.VARIANT, blocks, side, blocks, plain, "", withoutShare());
      }
      if (!twin && !reference.isEmpty() && !side.strategy().equals(reference)) {
        Condition other = side.withStrategy(reference);
        judge.pair(Kind.STRATEGY, blocks, side, blocks, other, reference, withoutShare());
      }
      for (String server : manifest.servers()) {
        if (!twin
            && manifest.servers().indexOf(server) < manifest.servers().indexOf(side.server())) {
          Condition other = side.withServer(server);
          judge.pair(Kind.SERVER, blocks, side, blocks, other, server, List.of(Measure.values()));
        }
      }
    }
    return judge.pairs();
  }

  /**
   * A run against an earlier one, for all that both measured. Blocks of the same number met the
   * same arrivals, but not at the same time: what the machine did in between is in the ratio and
   * not in its interval.
   */
  public static Pairs between(
      Manifest earlierPlan,
      Collection<CellResult> earlier,
      Manifest plan,
      Collection<CellResult> cells) {
    var judge = new Judge(plan.seed());
    Blocks before = Blocks.of(earlierPlan, earlier);
    Blocks now = Blocks.of(plan, cells);
    judge.twins(before);
    judge.twins(now);
    for (Condition side : now.cells.keySet()) {
      if (before.cells.containsKey(side)) {
        judge.pair(Kind.RUN, now, side, before, side, earlierPlan.run(), List.of(Measure.values()));
      }
    }
    return judge.pairs();
  }

  /** Within a server both sides have the same capacity. */
  private static List<Measure> withoutShare() {
    return Arrays.stream(Measure.values()).filter(m -> m != Measure.GOODPUT_SHARE).toList();
  }

  /** The pairs of a kind. */
  public List<Pair> of(Kind kind, Measure measure) {
    return where(pair -> pair.kind() == kind && pair.measure() == measure);
  }

  /** The pair of a strategy with the run's reference, in the plain way. */
  public Optional<Pair> of(Measure measure, String server, String strategy, double load) {
    return where(
            p ->
                p.kind() == Kind.STRATEGY
                    && p.measure() == measure
                    && p.server().equals(server)
                    && p.strategy().equals(strategy)
                    && p.variant().isEmpty()
                    && Double.compare(p.load(), load) == 0)
        .stream()
        .findFirst();
  }

  private List<Pair> where(Predicate<Pair> wanted) {
    return pairs.stream().filter(wanted).toList();
  }

  /** The band of a server and measure, if the run has any pair of them. */
  public Optional<Band> band(String server, Measure measure) {
    return bands.stream()
        .filter(b -> b.server().equals(server) && b.measure() == measure)
        .findFirst();
  }

  /** The text of {@code pairs.csv}; {@code results/README.md} describes its columns. */
  public String csv() throws IOException {
    var text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(
          "kind",
          "measure",
          "server",
          "strategy",
          "variant",
          "load",
          "against",
          "blocks",
          "ratio",
          "low",
          "high",
          "coverage",
          "bootstrap_low",
          "bootstrap_high",
          "p",
          "q",
          "band",
          "verdict",
          "why");
      for (Pair pair : pairs) {
        Interval interval = pair.interval();
        csv.writeRecord(
            pair.kind().title(),
            pair.measure().title(),
            pair.server(),
            pair.strategy(),
            pair.variant(),
            Fields.load(pair.load()),
            pair.against(),
            Integer.toString(pair.blocks()),
            Fields.number(pair.ratio(), 4),
            Fields.number(interval.low(), 4),
            Fields.number(interval.high(), 4),
            Fields.number(interval.coverage(), 4),
            Fields.number(pair.bootstrap().low(), 4),
            Fields.number(pair.bootstrap().high(), 4),
            Fields.number(pair.p(), 4),
            Fields.number(pair.q(), 4),
            Fields.number(pair.band(), 4),
            pair.verdict().title(),
            pair.why());
      }
    }
    return text.toString();
  }

  /** Collects pairs, then judges each among the others of its family. */
  private static final class Judge {
    private record Family(Kind kind, Measure measure, String server) {
      static Family of(Pair pair) {
        return new Family(pair.kind(), pair.measure(), pair.server());
      }
    }

    private record Place(String server, Measure measure) {}

    private final Bootstrap bootstrap;
    private final Map<Place, double[]> twins = new LinkedHashMap<>();
    private final Map<List<Object>, Double> widths = new LinkedHashMap<>();
    private final List<Pair> pairs = new ArrayList<>();

    Judge(long seed) {
      bootstrap = new Bootstrap(seed);
    }

    /** Adds the logarithms of every ratio of the reference to itself. */
    void twins(Blocks blocks) {
      for (Condition side : blocks.cells.keySet()) {
        for (Measure measure : Measure.values()) {
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
        List<Measure> measures) {
      for (Measure measure : measures) {
        double[] ratios = blocks.ratios(measure, side, others, other);
        int n = ratios.length;
        pairs.add(
            new Pair(
                kind,
                measure,
                side.server(),
                side.strategy(),
                side.variant(),
                side.load(),
                against,
                n,
                n == 0 ? Double.NaN : Bootstrap.median(ratios),
                n == 0 ? NONE : bootstrap.percentiles(ratios),
                n == 0 ? NONE : Bootstrap.orderStatistics(ratios),
                p(ratios),
                Double.NaN,
                band(kind, measure, n, List.of(side.server(), other.server())),
                Verdict.INDISTINGUISHABLE,
                ""));
      }
    }

    /** A twin is not judged by itself. */
    private double band(Kind kind, Measure measure, int n, List<String> servers) {
      double floor = 1 + FLOOR;
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
              .filter(pair -> pair.blocks() >= LEAST_BLOCKS)
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

    /** Of a claim and all clearer ones, the share that chance alone would make. */
    private static Map<Pair, Double> falseClaims(List<Pair> family) {
      List<Pair> clearestLast =
          family.stream().sorted(Comparator.comparingDouble(Pair::p).reversed()).toList();
      var shares = new LinkedHashMap<Pair, Double>();
      double least = 1;
      int rank = family.size();
      for (Pair pair : clearestLast) {
        least = Math.min(least, pair.p() * family.size() / rank--);
        shares.put(pair, least);
      }
      return shares;
    }

    private static Pair judged(Pair pair, double q, int family) {
      Verdict verdict = Verdict.INDISTINGUISHABLE;
      String why;
      if (pair.blocks() < LEAST_BLOCKS) {
        why = pair.blocks() + " blocks (expected: " + LEAST_BLOCKS + " or more)";
      } else if (pair.interval().holds(1)) {
        why = "the interval holds 1";
      } else if (Math.abs(Math.log(pair.ratio())) <= Math.log(pair.band())) {
        why = "equals differ as much";
      } else if (!(q <= FALSE_CLAIMS)) {
        why = "chance, among " + family + " comparisons";
      } else {
        boolean better = pair.ratio() > 1 == pair.measure().moreIsBetter();
        verdict = better ? Verdict.BETTER : Verdict.WORSE;
        why = "the interval leaves out 1, and equals differ less";
      }
      return new Pair(
          pair.kind(),
          pair.measure(),
          pair.server(),
          pair.strategy(),
          pair.variant(),
          pair.load(),
          pair.against(),
          pair.blocks(),
          pair.ratio(),
          pair.bootstrap(),
          pair.exact(),
          pair.p(),
          q,
          pair.band(),
          verdict,
          why);
    }

    private static double p(double[] ratios) {
      double[] logs = logs(ratios);
      if (logs.length < 2) {
        return Double.NaN;
      }
      if (Arrays.stream(logs).distinct().count() == 1) {
        return logs[0] == 0 ? 1 : 0; // no spread, no doubt
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
}
