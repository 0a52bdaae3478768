package shedlab.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import shedlab.report.chart.Chart;
import shedlab.report.figure.CellCourses;
import shedlab.report.figure.ChartData;
import shedlab.report.figure.CourseChart;
import shedlab.report.figure.PairForest;
import shedlab.report.figure.PercentileCurves;
import shedlab.report.figure.SimulatedCurves;
import shedlab.report.metric.Scores;
import shedlab.report.metric.Summary;
import shedlab.report.pair.Pairs;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.text.Numbers;
import shedlab.report.text.StrategyNames;

/** The run that a report is about, with everything that its sections are made of. */
final class Subject {
  final RunFiles run;
  final Manifest plan;
  final List<CellResult> cells;

  /** All variants; the page is about them. */
  final Summary summary;

  /** The first variant alone; the write-up is about it. */
  final Summary plain;

  final StrategyNames names;
  final Pairs pairs;
  final Scores scores;
  final Refusals refusals;
  final Verdict verdict;
  final Evidence evidence;

  /** Tables of all variants, and of the first alone. */
  final Tables tables;

  final Tables plainTables;
  final List<SimulatedCurves.Point> simulated;
  final ChartData data;
  final PercentileCurves curves;
  final CellCourses courses;

  /** Means over the course of a run; empty if nothing changes in it. */
  final Chart means;

  private final Map<String, Chart> files = new LinkedHashMap<>();

  Subject(RunFiles run) throws IOException {
    this.run = run;
    this.plan = run.manifest();
    this.cells = run.cells();
    this.summary = Summary.of(plan, cells);
    String first = summary.variants().get(0);
    this.plain =
        new Summary(
            summary.servers(),
            summary.strategies(),
            List.of(first),
            summary.loads(),
            summary.rows().stream().filter(r -> r.variant().equals(first)).toList());
    this.names = new StrategyNames(summary.strategies());
    this.pairs = Pairs.of(plan, cells);
    this.scores = Scores.of(summary);
    this.refusals = new Refusals(plan, summary);
    this.verdict = new Verdict(plan, plain, cells, names, pairs, refusals);
    this.evidence = new Evidence(run, summary, names);
    this.tables = new Tables(summary, cells, names, verdict, refusals);
    this.plainTables =
        new Tables(
            plain,
            cells.stream().filter(c -> c.variant().equals(first)).toList(),
            names,
            verdict,
            refusals);
    this.simulated = SimulatedCurves.of(plan, plain);
    this.data = ChartData.of(run, summary, names, verdict.referenceLoad());
    this.curves = PercentileCurves.of(data);
    this.courses = CellCourses.of(data);
    this.means = CourseChart.of(data);
  }

  /** {@code at 2x}, or over the whole course of a load that changes. */
  String at() {
    return plan.plateau()
        ? "at " + Numbers.load(verdict.referenceLoad())
        : "over the whole course";
  }

  boolean ranked() {
    return plan.grid().repeats() >= Pairs.LEAST_BLOCKS;
  }

  boolean repeated() {
    return plan.grid().repeats() > 1;
  }

  Optional<DoubleUnaryOperator> ceiling(String server, String variant) {
    return refusals.of(server, variant).map(price -> price::ceiling);
  }

  /** What the page shows before anybody chooses. */
  Map<String, String> firstChoice() {
    var first = new LinkedHashMap<String, String>();
    first.put("v", "0");
    first.put("at", Integer.toString(summary.loads().indexOf(verdict.referenceLoad())));
    first.put("q", "p99");
    PairForest.kinds(pairs.pairs()).keySet().stream()
        .findFirst()
        .ifPresent(k -> first.put("pairs", k));
    return first;
  }

  /** A chart that only the page has. */
  Part chart(Chart chart, String ifEmpty) {
    return new Part(chart.html(firstChoice(), ifEmpty).strip(), "");
  }

  /**
   * A chart of page and write-up.
   *
   * @param inFile the views that the write-up shows
   */
  Part chart(Chart chart, String ifEmpty, List<Chart.View> inFile) {
    Chart file = chart.of(inFile);
    if (file.isEmpty()) {
      return chart(chart, ifEmpty);
    }
    files.put(chart.name(), file);
    return new Part(chart.html(firstChoice(), ifEmpty).strip(), Picture.of(file));
  }

  /** The charts that the write-up shows, in the order of its sections. */
  List<Chart> files() {
    return List.copyOf(files.values());
  }
}
