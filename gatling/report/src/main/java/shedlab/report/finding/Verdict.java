package shedlab.report.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary;
import shedlab.report.metric.Summary.Row;
import shedlab.report.pair.Pairs;
import shedlab.report.pair.Precision;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/** The answer in a few sentences, with the numbers; nothing is ranked within the noise. */
public final class Verdict {
  /** So many that tie are named. */
  private static final int MANY = 5;

  private final Manifest manifest;
  private final Summary summary;
  private final List<CellResult> cells;
  private final StrategyNames names;
  private final Pairs pairs;
  private final Refusals refusals;

  public Verdict(
      Manifest manifest,
      Summary summary,
      List<CellResult> cells,
      StrategyNames names,
      Pairs pairs,
      Refusals refusals) {
    this.pairs = pairs;
    this.refusals = refusals;
    this.manifest = manifest;
    this.summary = summary;
    this.cells = cells;
    this.names = names;
  }

  /** The load at which strategies are compared in one number: 2x, or else the nearest above. */
  public double referenceLoad() {
    return summary.loads().stream()
        .filter(l -> l >= 2)
        .min(Comparator.naturalOrder())
        .orElseGet(this::highestLoad);
  }

  /** The highest load of the run. */
  public double highestLoad() {
    return summary.loads().stream().max(Comparator.naturalOrder()).orElse(0.0);
  }

  /** The answers for a reader with one minute, in one or more lines of text. */
  public record Answer(String question, List<String> lines) {}

  /** The answers that this run gives. */
  public List<Answer> answers() {
    List<String> best = new ArrayList<>();
    if (offered().exceeds()) {
      bestOnEach().forEach((server, who) -> best.add(server + ": " + who));
    }
    // Without a rank there is none that is highest.
    String goodput = best.isEmpty() ? "Goodput " : "Highest goodput ";
    if (best.isEmpty() && alone().isEmpty()) {
      best.add(best());
    }
    return Stream.of(
            new Answer(goodput + offered().at() + ", in % of capacity", best),
            new Answer("What do the variants change?", List.of(variants())),
            new Answer("Servers with one strategy", List.of(String.join("; ", alone()))),
            new Answer("Without shedding", List.of(unprotected())),
            new Answer(
                changesForGood() ? "Does goodput settle?" : "Does goodput recover?",
                List.of(recovery())),
            new Answer("What does a 429 cost?", List.of(refusals.words())),
            new Answer("False sheds below the capacity", List.of(falseSheds())),
            new Answer("Do the servers differ?", List.of(servers())),
            new Answer("Can it be trusted?", List.of(trust())))
        .filter(answer -> !String.join("", answer.lines()).isEmpty())
        .toList();
  }

  /** The answer in three sentences. */
  public List<String> sentences() {
    return Stream.of(refusals.words(), variants(), best(), unprotected(), recovery(), falseSheds())
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private String variants() {
    return VariantWords.of(pairs, refusals).sentence();
  }

  private String trust() {
    return (noise() + " " + Noise.rule(manifest.grid().repeats(), Precision.of(manifest))).strip();
  }

  /** Which servers differ, and how. */
  public String servers() {
    return new ServerDifferences(manifest, summary, cells, names, pairs).at(referenceLoad());
  }

  /** How far the reference differed from its twin. */
  public String noise() {
    return Noise.ofTwins(summary.servers(), pairs);
  }

  private long valid() {
    return cells.stream().filter(CellResult::valid).count();
  }

  /** {@code 58 of 60 cells valid}. */
  public String badge() {
    int planned = Math.max(manifest.grid().cells(), cells.size());
    int missing = planned - cells.size();
    return valid()
        + " of "
        + planned
        + " cells valid"
        + (missing == 0 ? "" : ", " + missing + " not run");
  }

  /** True if more than a tenth of the planned cells have no valid figures. */
  public boolean doubtful() {
    return valid() < 0.9 * Math.max(manifest.grid().cells(), cells.size());
  }

  /**
   * The strategies that are best, or without a difference found, at the reference load by server.
   */
  public String best() {
    double load = referenceLoad();
    if (!offered().exceeds()) {
      return "No load of this run exceeds the capacity: it cannot show what overload does.";
    }
    if (manifest.grid().repeats() < Pairs.LEAST_BLOCKS) {
      return figures(load);
    }
    List<String> clauses = new ArrayList<>();
    bestOnEach().forEach((server, who) -> clauses.add("on " + server + " with " + who));
    List<String> alone = alone();
    if (clauses.isEmpty() && alone.isEmpty()) {
      return "No valid cell at " + Numbers.load(load) + ".";
    }
    String over = offered().over() + ", ";
    return (clauses.isEmpty()
            ? ""
            : over
                + "goodput was highest, in % of the capacity, "
                + String.join("; ", clauses)
                + ".")
        + (alone.isEmpty()
            ? ""
            : (clauses.isEmpty() ? over + "s" : " S")
                + "ervers with one strategy reached: "
                + String.join("; ", alone)
                + ".")
        + offered().possible();
  }

  /** By server, the best strategies and those without a difference found; empty without a rank. */
  private Map<String, String> bestOnEach() {
    var best = new LinkedHashMap<String, String>();
    for (String server : summary.servers()) {
      List<Row> top = top(server, referenceLoad());
      int all = on(server).size();
      if (!top.isEmpty() && all > 1) {
        best.put(
            server,
            (top.size() == all ? "no winner among " : "") + Prose.list(figures(top)) + tie(top));
      }
    }
    return best;
  }

  /** Every one, or of many the first, and the last. */
  private List<String> figures(List<Row> top) {
    List<String> figures = new ArrayList<>(top.stream().limit(MANY).map(this::figure).toList());
    if (top.size() > MANY) {
      String last = figure(top.get(top.size() - 1));
      figures.add(Prose.count(top.size() - MANY, "other") + ", down to " + last);
    }
    return figures;
  }

  /** What is said of several that are best. Far apart, they are only not told apart. */
  private String tie(List<Row> top) {
    if (top.size() < 2) {
      return "";
    }
    double apart =
        top.get(0).get(Metric.GOODPUT_SHARE) - top.get(top.size() - 1).get(Metric.GOODPUT_SHARE);
    return apart > Precision.of(manifest).share()
        ? " (not told apart: their runs differ too much among themselves)"
        : " (no difference found)";
  }

  /** The servers on which only one strategy ran: it is no best one. Empty without a rank. */
  private List<String> alone() {
    return manifest.grid().repeats() < Pairs.LEAST_BLOCKS || !offered().exceeds()
        ? List.of()
        : summary.servers().stream()
            .filter(server -> on(server).size() == 1)
            .map(server -> server + " with " + figure(on(server).get(0)))
            .toList();
  }

  private List<Row> on(String server) {
    return rows(referenceLoad()).stream().filter(r -> r.server().equals(server)).toList();
  }

  /** A strategy with its median, and the least and the greatest of its runs. */
  private String figure(Row row) {
    return names.code(row.strategy())
        + " "
        + Numbers.percent(row.get(Metric.GOODPUT_SHARE))
        + " ["
        + Runs.interval(row, cells)
        + "]";
  }

  /** What every strategy reached, in the order of the plan. */
  private String figures(double load) {
    List<String> clauses = new ArrayList<>();
    for (String strategy : summary.strategies()) {
      List<Row> rows = rows(load).stream().filter(r -> r.strategy().equals(strategy)).toList();
      if (!rows.isEmpty()) {
        clauses.add(names.code(strategy) + " " + Runs.percents(rows));
      }
    }
    return clauses.isEmpty()
        ? "No valid cell at " + Numbers.load(load) + "."
        : offered().over()
            + ", goodput in % of the capacity was: "
            + String.join(", ", clauses)
            + "."
            + offered().possible();
  }

  /**
   * A server's rows that are best at a load, and those without a difference found, best first; none
   * of a server with one strategy.
   */
  public List<Row> top(String server, double load) {
    List<Row> rows =
        rows(load).stream()
            .filter(r -> r.server().equals(server))
            .sorted(Comparator.comparingDouble((Row r) -> r.get(Metric.GOODPUT_SHARE)).reversed())
            .toList();
    return manifest.grid().repeats() < Pairs.LEAST_BLOCKS || rows.size() < 2
        ? List.of()
        : rows.stream()
            .filter(r -> !Noise.different(rows.get(0), r, cells, Precision.of(manifest)))
            .toList();
  }

  /** What happens without shedding. */
  public String unprotected() {
    return WithoutShedding.of(manifest, summary.loads(), this::rows);
  }

  /** What was shed although there was capacity. */
  public String falseSheds() {
    return FalseSheds.of(manifest, summary.loads(), this::rows, names);
  }

  private OfferedLoad offered() {
    return new OfferedLoad(manifest, referenceLoad());
  }

  /** True if there is nothing to recover from, because what changes stays as it is. */
  public boolean changesForGood() {
    return manifest.changesForGood();
  }

  /** In how many cells goodput recovered after the disturbance, or settled, by strategy. */
  public String recovery() {
    return Recovery.of(Recovery.Event.of(manifest), summary.strategies(), cells, names);
  }

  /** Rows with a figure; {@code reject-all} has no goodput and is left out. */
  private List<Row> rows(double load) {
    return summary.rows().stream()
        .filter(r -> !StrategyNames.composition(r.strategy()).admitsNobody())
        .filter(r -> r.load() == load && Double.isFinite(r.get(Metric.GOODPUT_SHARE)))
        .toList();
  }
}
