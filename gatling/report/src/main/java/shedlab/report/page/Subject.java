package shedlab.report.page;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import shedlab.report.account.CpuAccounts;
import shedlab.report.chart.Chart;
import shedlab.report.figure.CellCourses;
import shedlab.report.figure.ChartData;
import shedlab.report.figure.CourseChart;
import shedlab.report.figure.PairForest;
import shedlab.report.figure.PercentileCurves;
import shedlab.report.figure.SimulatedCurves;
import shedlab.report.finding.CapacityError;
import shedlab.report.finding.FloorWords;
import shedlab.report.finding.Ramp;
import shedlab.report.finding.RampWords;
import shedlab.report.finding.Refusals;
import shedlab.report.finding.ResponseTimes;
import shedlab.report.finding.Verdict;
import shedlab.report.metric.Scores;
import shedlab.report.metric.Summary;
import shedlab.report.network.NetworkWords;
import shedlab.report.network.RoundTrips;
import shedlab.report.pair.Pairs;
import shedlab.report.raw.Floor;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.statistics.Median;
import shedlab.report.table.Evidence;
import shedlab.report.table.Tables;
import shedlab.report.text.Numbers;
import shedlab.report.text.StrategyNames;

/** The run of a report, with everything from which its sections are made. */
public final class Subject {
  public final RunFiles run;
  public final Manifest plan;
  public final List<CellResult> cells;

  /** What the CPU time of the cells' servers was spent on. */
  public final CpuAccounts accounts;

  /** The charts' data of all variants, for the page. */
  public final Summary summary;

  /** The charts' data of the first variant alone, for the write-up. */
  public final Summary plain;

  public final StrategyNames names;
  public final Pairs pairs;
  public final Scores scores;
  public final Refusals refusals;

  /** What is said of the machine's noise floor. */
  public final FloorWords floor;

  /** How well it is known what 1x means. */
  public final CapacityError capacity;

  /** What is said of the way between load generator and server. */
  public final NetworkWords network;

  public final Verdict verdict;
  public final ResponseTimes times;
  public final Evidence evidence;

  /** Tables of all variants, and of the first alone. */
  public final Tables tables;

  public final Tables plainTables;
  public final List<SimulatedCurves.Point> simulated;
  public final ChartData data;
  public final PercentileCurves curves;
  public final CellCourses courses;

  /** Means over the course of a run; empty if neither load nor capacity changes. */
  public final Chart means;

  /** Both ways of a load that rises and falls again; empty for any other. */
  public final Ramp ramp;

  private final Map<String, Chart> files = new LinkedHashMap<>();

  public Subject(RunFiles run) throws IOException {
    this.run = run;
    this.plan = run.manifest();
    this.cells = run.cells();
    this.accounts = CpuAccounts.read(run);
    this.summary = Summary.of(plan, cells, accounts);
    this.plain = summary.plain();
    this.names = new StrategyNames(summary.strategies());
    this.floor = new FloorWords(Floor.read(run.folder()));
    this.network = new NetworkWords(RoundTrips.read(run.folder()));
    this.pairs = Pairs.of(plan, cells, floor.floor());
    this.scores = Scores.of(summary);
    this.refusals = new Refusals(plan, summary);
    this.capacity = CapacityError.of(run.folder());
    this.ramp = Ramp.of(run);
    this.verdict =
        new Verdict(plan, plain, cells, names, pairs, refusals, new RampWords(ramp, names));
    this.times = new ResponseTimes(plan, plain, verdict.referenceLoad(), names, floor);
    this.evidence = new Evidence(run, summary, names);
    this.tables = new Tables(summary, cells, names, verdict, refusals, floor);
    this.plainTables =
        new Tables(
            plain,
            cells.stream().filter(c -> plain.variants().contains(c.variant())).toList(),
            names,
            verdict,
            refusals,
            floor);
    this.simulated = SimulatedCurves.of(run, plain);
    this.data = ChartData.of(run, summary, names, verdict.referenceLoad(), floor);
    this.curves = PercentileCurves.of(data);
    this.courses = CellCourses.of(data);
    this.means = CourseChart.of(data);
  }

  /** {@code at 2x}, or over the whole course of a load that changes. */
  public String at() {
    return plan.plateau() ? "at " + Numbers.load(verdict.referenceLoad()) : "over the whole course";
  }

  public boolean ranked() {
    return plan.grid().repeats() >= Pairs.LEAST_BLOCKS;
  }

  public boolean repeated() {
    return plan.grid().repeats() > 1;
  }

  /** What the bands of charts over the load are; nothing if there are none. */
  public String bands() {
    int runs = plan.grid().repeats();
    // Rounded down: the range of no number of runs is certain.
    double confidence = Math.floor(1_000 * Median.confidence(runs)) / 1_000;
    return repeated() && data.overLoad()
        ? "Lines join medians, bands span the runs: the range of "
            + runs
            + " holds the true median with "
            + Numbers.percent(confidence)
            + " confidence. "
        : "";
  }

  public Optional<DoubleUnaryOperator> ceiling(String server, String variant) {
    return refusals.of(server, variant).map(price -> price::ceiling);
  }

  /** What the page shows at first. */
  public Map<String, String> firstChoice() {
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
  public Part chart(Chart chart, String ifEmpty) {
    return new Part(chart.html(firstChoice(), ifEmpty).strip(), "");
  }

  /**
   * A chart of page and write-up.
   *
   * @param inFile the views that the write-up shows
   */
  public Part chart(Chart chart, String ifEmpty, List<Chart.View> inFile) {
    Chart file = chart.of(inFile);
    if (file.isEmpty()) {
      return chart(chart, ifEmpty);
    }
    files.put(chart.name(), file);
    return new Part(chart.html(firstChoice(), ifEmpty).strip(), Picture.of(file));
  }

  /** The charts that the write-up shows, in the order of its sections. */
  public List<Chart> files() {
    return List.copyOf(files.values());
  }
}
