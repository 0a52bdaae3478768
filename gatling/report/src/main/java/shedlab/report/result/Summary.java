package shedlab.report.result;

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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shedlab.strategy.Strategies;

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
  /** The strategy that knows what is to come: what it yields is what could have been had. */
  private static final String BEST = "clairvoyant";

  private static final Strategies KNOWN = Strategies.installed();

  /** What a capacity may be wrong by: its interval, and how it drifts meanwhile. */
  private static final double CAPACITY_ERROR = 0.03;

  /**
   * One row.
   *
   * @param goodput per second; the median, between {@code goodputMin} and {@code goodputMax}
   * @param goodputShare goodput as a share of the capacity of the same cell
   * @param admitted medians of 200s, in microseconds; the count is the smallest of any repeat
   * @param shed the same of 429s
   * @param meanLimit NaN where the strategy has no limit
   * @param predictedShedShare NaN where queueing theory says nothing
   * @param regret share of the capacity that {@code clairvoyant} yielded and this did not; in its
   *     absence, that would have been possible without noise and cost of refusals
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
      double predictedShedShare,
      double regret,
      Costs costs,
      Fairness fairness,
      Reaction reaction) {

    /** True if the row has figures at all. */
    public boolean hasFigures() {
      return valid > 0;
    }
  }

  /** Outcomes as shares of all intended requests, 0 to 1; medians, so they may miss 1 by a hair. */
  public record Shares(
      double good, double late, double shed, double other, double timeout, double transport) {}

  /**
   * What it took. NaN where the servers did not tell, or where the figure drowns in noise.
   *
   * @param wastedShare of the tasks done, those whose answer was late or wanted no more
   * @param cpuPerGoodMicros server CPU per 200 within the deadline, everything included
   * @param cpuPerShedMicros server CPU per 429
   */
  public record Costs(double wastedShare, double cpuPerGoodMicros, double cpuPerShedMicros) {}

  /**
   * Who got the goodput.
   *
   * @param jain index of Jain, Chiu and Hawe (1984) over the tenants' shares of good answers: 1 if
   *     all fare alike, one over their number if one has it all; NaN of fewer than two
   * @param goodByUrgency share of the requests of an urgency that were answered in time
   */
  public record Fairness(double jain, Map<Integer, Double> goodByUrgency) {}

  /**
   * How a change of load or capacity was followed. NaN on a plateau, infinite if it was not until
   * the end.
   */
  public record Reaction(double settleSeconds, double overshootMillis, double recoverySeconds) {}

  /** Folds cells; a combination that no cell ran has no row. */
  public static Summary of(Manifest manifest, Collection<CellResult> cells) {
    List<String> servers = extended(manifest.grid().servers(), cells, CellResult::server);
    List<String> strategies = extended(manifest.grid().strategies(), cells, CellResult::strategy);
    List<String> variants =
        extended(
            manifest.grid().variants().stream().map(Variant::name).toList(),
            cells,
            CellResult::variant);
    List<Double> loads = extended(manifest.grid().loads(), cells, CellResult::load);
    Map<Condition, List<CellResult>> grouped =
        Condition.grouped(cells, servers, strategies, variants, loads);
    Map<Condition, List<CellResult>> best =
        cells.stream()
            .filter(c -> c.valid() && KNOWN.composition(c.strategy()).knowsCapacity())
            .collect(Collectors.groupingBy(c -> Condition.of(c).withStrategy(BEST)));
    int cpus = cpus(manifest.setUp().serverCpus());
    var rows = new ArrayList<Row>();
    grouped.forEach(
        (condition, repeats) -> {
          double measured =
              median(
                  best.getOrDefault(condition.withStrategy(BEST), List.of()),
                  Measure.GOODPUT_SHARE::of);
          double work = work(manifest, condition.variant());
          double ideal =
              Double.isNaN(measured)
                  ? Phase.mostServed(manifest.load().phases(), condition.load(), 1 / work)
                  : measured;
          rows.add(row(condition, repeats, ideal, cpus * work));
        });
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

  private static Row row(Condition condition, List<CellResult> repeats, double ideal, double cpus) {
    List<CellResult> valid = repeats.stream().filter(CellResult::valid).toList();
    double goodputShare = median(valid, Measure.GOODPUT_SHARE::of);
    return new Row(
        condition.server(),
        condition.strategy(),
        condition.variant(),
        condition.load(),
        valid.size(),
        repeats.size() - valid.size(),
        round(median(valid, CellResult::capacityPerSecond), 2),
        round(median(valid, c -> c.clientSide().offeredPerSecond()), 2),
        round(median(valid, c -> c.clientSide().goodputPerSecond()), 2),
        round(
            valid.stream().mapToDouble(c -> c.clientSide().goodputPerSecond()).min().orElse(nan()),
            2),
        round(
            valid.stream().mapToDouble(c -> c.clientSide().goodputPerSecond()).max().orElse(nan()),
            2),
        round(goodputShare, 5),
        new Shares(
            share(valid, Outcomes::good),
            share(valid, Outcomes::late),
            share(valid, Outcomes::shed),
            share(valid, Outcomes::other),
            share(valid, Outcomes::timeout),
            share(valid, Outcomes::transport)),
        latency(valid, c -> c.clientSide().admittedLatency()),
        latency(valid, c -> c.clientSide().shedLatency()),
        round(median(valid, c -> c.serverSide().cpuShare()), 4),
        round(median(valid, c -> orNan(c.serverSide().meanLimit())), 2),
        round(median(valid, c -> c.serverSide().meanInflight()), 2),
        round(median(valid, c -> c.serverSide().meanWaiting()), 2),
        round(median(valid, c -> orNan(c.judgement().predictedShedShare())), 5),
        round(ideal - goodputShare, 5),
        new Costs(
            round(median(valid, Summary::wastedShare), 5),
            round(median(valid, c -> 1e6 * Measure.CPU_PER_GOOD.of(c)), 1),
            round(median(valid, c -> 1e6 * cpuPerShed(c, cpus)), 1)),
        new Fairness(round(median(valid, Summary::jain), 4), goodByUrgency(valid)),
        new Reaction(
            slowest(valid, Dynamics::settleSeconds),
            round(
                median(
                    valid,
                    c ->
                        c.clientSide().dynamics() == null
                            ? nan()
                            : c.clientSide().dynamics().overshootMillis()),
                1),
            slowest(valid, Dynamics::recoverySeconds)));
  }

  /** Size of a variant's tasks in those that the capacity was measured with. */
  private static double work(Manifest manifest, String variant) {
    String plain = manifest.settings().getOrDefault("work", "1");
    String text =
        manifest.grid().variants().stream()
            .filter(candidate -> candidate.name().equals(variant))
            .map(found -> found.settings().getOrDefault("work", plain))
            .findFirst()
            .orElse(plain);
    return Double.parseDouble(text);
  }

  private static double wastedShare(CellResult cell) {
    ServerUse use = cell.serverSide().use();
    return use == null || use.completed() == 0
        ? nan()
        // Requests that straddle an edge of the window may be good and not among the completed.
        : Math.max(0, 1 - (double) cell.clientSide().outcomes().good() / use.completed());
  }

  /**
   * CPU seconds of a 429: all of them where nothing else is done, else what the tasks leave of
   * them. The capacity says what a task takes; NaN where tasks outnumber refusals, where its error
   * could be the whole remainder, and where tasks or CPUs change meanwhile.
   *
   * @param cpus CPUs of the server, times the size of a task where it is another
   */
  private static double cpuPerShed(CellResult cell, double cpus) {
    ServerUse use = cell.serverSide().use();
    if (use == null || use.shed() <= use.completed() || cell.clientSide().dynamics() != null) {
      return nan();
    }
    double tasks = use.completed() * cpus / cell.capacityPerSecond();
    double rest = use.cpuSeconds() - tasks;
    return rest < 2 * CAPACITY_ERROR * tasks ? nan() : rest / use.shed();
  }

  /** {@code 0-2,5} are four. */
  private static int cpus(String list) {
    int count = 0;
    for (String range : list.split(",", -1)) {
      String[] ends = range.split("-", -1);
      count += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
    }
    return count;
  }

  private static double jain(CellResult cell) {
    double[] shares =
        cell.clientSide().tenants().stream().mapToDouble(t -> goodShare(List.of(t))).toArray();
    double sum = Arrays.stream(shares).sum();
    double squares = Arrays.stream(shares).map(x -> x * x).sum();
    return shares.length < 2 || squares == 0 ? nan() : sum * sum / (shares.length * squares);
  }

  private static Map<Integer, Double> goodByUrgency(List<CellResult> cells) {
    var shares = new TreeMap<Integer, Double>();
    cells.stream()
        .flatMap(c -> c.clientSide().tenants().stream())
        .map(TenantResult::urgency)
        .distinct()
        .forEach(
            urgency ->
                shares.put(
                    urgency,
                    round(
                        median(
                            cells,
                            c ->
                                goodShare(
                                    c.clientSide().tenants().stream()
                                        .filter(t -> t.urgency() == urgency)
                                        .toList())),
                        4)));
    return shares;
  }

  private static double goodShare(List<TenantResult> tenants) {
    long good = tenants.stream().mapToLong(t -> t.outcomes().good()).sum();
    long all = tenants.stream().mapToLong(t -> t.outcomes().total()).sum();
    return all == 0 ? nan() : (double) good / all;
  }

  /** The median of repeats, where one that never got there counts as the slowest. */
  private static double slowest(
      List<CellResult> cells, Function<Dynamics, @Nullable Double> seconds) {
    double[] all =
        cells.stream()
            .map(c -> c.clientSide().dynamics())
            .filter(Objects::nonNull)
            .map(seconds)
            .mapToDouble(s -> s == null ? Double.POSITIVE_INFINITY : s)
            .toArray();
    return all.length == 0 ? nan() : Bootstrap.median(all);
  }

  private static double share(List<CellResult> cells, ToLongFunction<Outcomes> count) {
    return round(
        median(
            cells,
            c -> {
              long total = c.clientSide().outcomes().total();
              return total == 0
                  ? nan()
                  : (double) count.applyAsLong(c.clientSide().outcomes()) / total;
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

  /** Those planned, then any that only the cells name. */
  static <T> List<T> extended(
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
