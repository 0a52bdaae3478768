package shedlab.gatling.result;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A run folded over its repeats: one row per server, strategy, variant and load, in the manifest's
 * order.
 *
 * <p>A figure is the median over the <em>valid</em> repeats; an invalid cell is counted in its row
 * and averaged into nothing. Figures are rounded here, once, to the digits of {@code summary.csv},
 * so that whatever is drawn or printed from a row equals the file. {@code NaN} means that there is
 * no figure: an empty field in the file.
 *
 * @param servers those of the plan, then any that only the cells name; likewise the next three
 */
public record Summary(
    List<String> servers,
    List<String> strategies,
    List<String> variants,
    List<Double> loads,
    List<Row> rows) {

  /**
   * One row.
   *
   * @param goodput per second; the median, between {@code goodputMin} and {@code goodputMax}
   * @param goodputShare goodput as a share of the capacity of the same cell
   * @param admitted medians of 200s, in microseconds; the count is the smallest of any repeat
   * @param shed the same of 429s
   * @param meanLimit NaN where the strategy has no limit
   * @param predictedShedShare NaN where queueing theory says nothing
   */
  public record Row(
      String server,
      String strategy,
      String variant,
      double load,
      int valid,
      int invalid,
      double capacity,
      double offered,
      double goodput,
      double goodputMin,
      double goodputMax,
      double goodputShare,
      Shares shares,
      Latency admitted,
      Latency shed,
      double serverCpuShare,
      double meanLimit,
      double meanInflight,
      double meanWaiting,
      double predictedShedShare) {

    /** True if the row has figures at all. */
    public boolean hasFigures() {
      return valid > 0;
    }
  }

  /** Outcomes as shares of all intended requests, 0 to 1; medians, so they may miss 1 by a hair. */
  public record Shares(
      double good, double late, double shed, double other, double timeout, double transport) {}

  /** Folds cells; a combination that no cell ran has no row. */
  public static Summary of(Manifest manifest, Collection<CellResult> cells) {
    List<String> servers = extended(manifest.servers(), cells, CellResult::server);
    List<String> strategies = extended(manifest.strategies(), cells, CellResult::strategy);
    List<String> variants =
        extended(
            manifest.variants().stream().map(Variant::name).toList(), cells, CellResult::variant);
    List<Double> loads = extended(manifest.loads(), cells, CellResult::load);
    var rows = new ArrayList<Row>();
    for (String server : servers) {
      for (String strategy : strategies) {
        for (String variant : variants) {
          for (double load : loads) {
            List<CellResult> repeats =
                cells.stream()
                    .filter(c -> c.server().equals(server) && c.strategy().equals(strategy))
                    .filter(c -> c.variant().equals(variant))
                    .filter(c -> Double.compare(c.load(), load) == 0)
                    .toList();
            if (!repeats.isEmpty()) {
              rows.add(row(server, strategy, variant, load, repeats));
            }
          }
        }
      }
    }
    return new Summary(servers, strategies, variants, loads, List.copyOf(rows));
  }

  /** The row of a combination in the plain way, if any cell ran it. */
  public Optional<Row> row(String server, String strategy, double load) {
    return row(server, strategy, "", load);
  }

  /** The row of a combination, if any cell ran it. */
  public Optional<Row> row(String server, String strategy, String variant, double load) {
    return rows.stream()
        .filter(r -> r.server().equals(server) && r.strategy().equals(strategy))
        .filter(r -> r.variant().equals(variant))
        .filter(r -> Double.compare(r.load(), load) == 0)
        .findFirst();
  }

  /** The text of {@code summary.csv}; {@code results/README.md} describes its columns. */
  public String csv() throws IOException {
    var text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(Arrays.stream(SummaryColumn.values()).map(SummaryColumn::title).toList());
      for (Row row : rows) {
        csv.writeRecord(Arrays.stream(SummaryColumn.values()).map(c -> c.text(row)).toList());
      }
    }
    return text.toString();
  }

  private static Row row(
      String server, String strategy, String variant, double load, List<CellResult> repeats) {
    List<CellResult> valid = repeats.stream().filter(CellResult::valid).toList();
    return new Row(
        server,
        strategy,
        variant,
        load,
        valid.size(),
        repeats.size() - valid.size(),
        round(median(valid, CellResult::capacityPerSecond), 2),
        round(median(valid, CellResult::offeredPerSecond), 2),
        round(median(valid, CellResult::goodputPerSecond), 2),
        round(valid.stream().mapToDouble(CellResult::goodputPerSecond).min().orElse(nan()), 2),
        round(valid.stream().mapToDouble(CellResult::goodputPerSecond).max().orElse(nan()), 2),
        round(median(valid, c -> c.goodputPerSecond() / c.capacityPerSecond()), 5),
        new Shares(
            share(valid, Outcomes::good),
            share(valid, Outcomes::late),
            share(valid, Outcomes::shed),
            share(valid, Outcomes::other),
            share(valid, Outcomes::timeout),
            share(valid, Outcomes::transport)),
        latency(valid, CellResult::admittedLatency),
        latency(valid, CellResult::shedLatency),
        round(median(valid, CellResult::serverCpuShare), 4),
        round(median(valid, c -> orNan(c.meanLimit())), 2),
        round(median(valid, CellResult::meanInflight), 2),
        round(median(valid, CellResult::meanWaiting), 2),
        round(median(valid, c -> orNan(c.predictedShedShare())), 5));
  }

  private static double share(List<CellResult> cells, ToLongFunction<Outcomes> count) {
    return round(
        median(
            cells,
            c -> {
              long total = c.outcomes().total();
              return total == 0 ? nan() : (double) count.applyAsLong(c.outcomes()) / total;
            }),
        5);
  }

  private static Latency latency(List<CellResult> cells, Function<CellResult, Latency> of) {
    // A repeat without a single such answer has no percentiles: its zeros are not times.
    List<Latency> all = cells.stream().map(of).filter(l -> l.count() > 0).toList();
    long count = cells.stream().map(of).mapToLong(Latency::count).min().orElse(0);
    return new Latency(
        count,
        micros(all, Latency::p50),
        micros(all, Latency::p90),
        micros(all, Latency::p99),
        micros(all, Latency::p999),
        micros(all, Latency::max),
        mean(all));
  }

  private static double mean(List<Latency> all) {
    double median = median(all, Latency::mean);
    return Double.isNaN(median) ? 0 : round(median, 1);
  }

  private static long micros(List<Latency> all, ToLongFunction<Latency> of) {
    double median = median(all, l -> (double) of.applyAsLong(l));
    return Double.isNaN(median) ? 0 : Math.round(median);
  }

  /** The median of the figures that there are; NaN of none. */
  private static <T> double median(List<T> items, ToDoubleFunction<T> of) {
    double[] sorted = items.stream().mapToDouble(of).filter(Double::isFinite).sorted().toArray();
    int n = sorted.length;
    if (n == 0) {
      return nan();
    }
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }

  private static <T> List<T> extended(
      List<T> planned, Collection<CellResult> cells, Function<CellResult, T> of) {
    var all = new LinkedHashSet<T>(planned);
    cells.forEach(c -> all.add(of.apply(c)));
    return List.copyOf(all);
  }

  private static double round(double value, int digits) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).doubleValue()
        : nan();
  }

  private static double orNan(@Nullable Double value) {
    return value == null ? nan() : value;
  }

  private static double nan() {
    return Double.NaN;
  }
}
