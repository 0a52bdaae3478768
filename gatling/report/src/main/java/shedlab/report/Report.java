package shedlab.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shedlab.report.metric.Scores;
import shedlab.report.metric.Summary;
import shedlab.report.pair.Pairs;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;

/**
 * Makes {@code summary.csv}, {@code pairs.csv}, {@code scores.csv}, {@code charts/*.svg}, {@code
 * REPORT.md} and {@code report.html} of a run, finished or not, from its files alone. The same
 * files give the same bytes.
 */
public final class Report {
  private final RunFiles run;
  private final Manifest plan;
  private final List<CellResult> cells;
  private final Summary summary;
  private final Summary plain;
  private final StrategyNames names;
  private final Pairs pairs;
  private final Scores scores;
  private final Refusals refusals;
  private final Verdict verdict;
  private final List<Figure> figures = new ArrayList<>();

  private Report(RunFiles run) {
    this.run = run;
    this.plan = run.manifest();
    this.cells = run.cells();
    this.summary = Summary.of(plan, cells);
    this.plain = only(summary, summary.variants().get(0));
    this.names = new StrategyNames(summary.strategies());
    this.pairs = Pairs.of(plan, cells);
    this.scores = Scores.of(summary);
    this.refusals = new Refusals(plan, summary);
    this.verdict = new Verdict(plan, plain, cells, names, pairs, refusals);
  }

  /** One variant alone; the first is what the write-up is about. */
  private static Summary only(Summary all, String variant) {
    return new Summary(
        all.servers(),
        all.strategies(),
        List.of(variant),
        all.loads(),
        all.rows().stream().filter(r -> r.variant().equals(variant)).toList());
  }

  /**
   * Writes the report into the run's folder, over an earlier one. In {@code REPORT.md}, text
   * between {@code <!-- human:NAME -->} and {@code <!-- /human -->} stays.
   *
   * @throws IOException with a one-line message if the run cannot be read, or if a human block of
   *     {@code REPORT.md} is not closed; then no file has been changed
   */
  public static void write(Path runFolder) throws IOException {
    new Report(RunFiles.open(runFolder)).writeAll(runFolder);
  }

  private void writeAll(Path folder) throws IOException {
    List<SimulatedCurves.Point> simulated = SimulatedCurves.of(plan, plain);
    Map<String, Object> words = words(simulated);
    String fresh =
        Mustache.compiler().escapeHTML(false).compile(Theme.resource("REPORT.md")).execute(words);
    Path writeUp = folder.resolve("REPORT.md");
    String text =
        Files.exists(writeUp) ? HumanText.carried(Files.readString(writeUp), fresh) : fresh;
    page(words, simulated);
    String page = Mustache.compiler().compile(Theme.resource("report.html")).execute(words);
    Path charts = Files.createDirectories(folder.resolve("charts"));
    put(folder.resolve("summary.csv"), summary.csv());
    put(folder.resolve("pairs.csv"), pairs.csv());
    put(folder.resolve("scores.csv"), scores.csv());
    removeOthers(charts);
    for (Figure figure : figures) {
      put(charts.resolve(figure.name() + "-light.svg"), figure.file(Theme.LIGHT));
      put(charts.resolve(figure.name() + "-dark.svg"), figure.file(Theme.DARK));
    }
    put(writeUp, text);
    put(folder.resolve("report.html"), page);
  }

  /** Charts of an earlier report that this one has not. */
  private void removeOthers(Path charts) throws IOException {
    List<String> mine = figures.stream().map(Figure::name).toList();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(charts, "*-{light,dark}.svg")) {
      for (Path chart : all) {
        String name = String.valueOf(chart.getFileName());
        if (!mine.contains(name.substring(0, name.lastIndexOf('-')))) {
          Files.delete(chart);
        }
      }
    }
  }

  /** What both templates fill their places with. */
  private Map<String, Object> words(List<SimulatedCurves.Point> simulated) throws IOException {
    var evidence = new Evidence(run, summary, names);
    var tables = new Tables(plain, cellsOf(plain), names, verdict, refusals);
    var all = new Tables(summary, cells, names, verdict, refusals);
    var charts = charts(plain);
    var words = new HashMap<String, Object>();
    words.put("plan", plan);
    words.put("servers", Prose.list(summary.servers()));
    words.put("strategyCount", Prose.count(summary.strategies().size(), "strategy"));
    words.put("loads", Prose.list(summary.loads().stream().map(Numbers::load).toList()));
    words.put("repeats", Prose.count(plan.grid().repeats(), "run") + " each");
    words.put("window", Numbers.plain(plan.load().measureSeconds()));
    words.put("badge", verdict.badge());
    words.put("badgeKind", verdict.doubtful() ? "bad" : "fine");
    words.put("smoke", !plan.purpose().evidence());
    words.put("simulated", plan.setUp().host().equals("simulated"));
    words.put("warnings", prose(run.warnings()));
    words.put("verdict", prose(verdict.sentences()));
    words.put("best", verdict.best());
    words.put("unprotected", verdict.unprotected());
    words.put("falseSheds", verdict.falseSheds());
    words.put("serversText", verdict.servers());
    words.put("admittedText", prose(List.of(verdict.admittedLatency())));
    words.put("shedText", prose(List.of(verdict.shedLatency())));
    words.put("ranked", plan.grid().repeats() >= Pairs.LEAST_BLOCKS);
    words.put("repeated", plan.grid().repeats() > 1);
    words.put("noise", Noise.rule(plan.grid().repeats()));
    words.put("referenceLoad", Numbers.load(verdict.referenceLoad()));
    words.put("threats", prose(Threats.of(plan)));
    words.put("command", evidence.command());
    words.put(
        "at",
        plan.plateau() ? "at " + Numbers.load(verdict.referenceLoad()) : "over the whole course");
    words.put("overLoad", summary.loads().size() > 1);
    words.put("hasCeiling", !refusals.all().isEmpty());
    words.put("hasInvalid", cells.stream().anyMatch(c -> !c.valid()));
    words.put("hasPrediction", !PredictionChart.predicted(plain).isEmpty());
    words.put("hasSimulated", !simulated.isEmpty());
    table(words, "matrix", tables.matrix());
    table(words, "goodput", tables.goodput());
    table(words, "admitted", tables.admitted());
    table(words, "shed", tables.shed());
    table(words, "prediction", tables.prediction());
    table(words, "simulated", tables.simulated(simulated));
    table(words, "dynamics", all.dynamics());
    table(words, "prices", all.prices());
    table(words, "fairness", tables.fairness());
    table(words, "choice", new RunTables(plain, names).choice(scores));
    table(words, "invalid", evidence.invalid());
    table(words, "checks", evidence.checks());
    table(words, "capacity", evidence.capacity());
    table(words, "strategies", evidence.strategies());
    table(words, "settings", evidence.settings());
    table(words, "environment", evidence.environment());
    if (summary.loads().size() > 1) {
      figure(words, "goodputFigure", LoadCharts.goodput(overLoad()));
    }
    Figure course = new CourseChart(run, summary, names).figure();
    words.put("hasCourse", !course.rows().isEmpty());
    figure(words, "courseFigure", course);
    figure(words, "admittedFigure", charts.admitted());
    figure(words, "shedFigure", charts.shed());
    figure(words, "outcomesFigure", OutcomeChart.of(plain, names));
    figure(words, "predictionFigure", PredictionChart.of(plain));
    return words;
  }

  private List<CellResult> cellsOf(Summary variants) {
    return cells.stream().filter(c -> variants.variants().contains(c.variant())).toList();
  }

  private LoadCharts charts(Summary variant) {
    return new LoadCharts(variant, cellsOf(variant), names, plan.load().deadlineMillis(), refusals);
  }

  /** The first variant, and others whose price of a no is known: a matter of the load. */
  private List<LoadCharts> overLoad() {
    String first = summary.variants().get(0);
    return summary.variants().stream()
        .filter(
            v ->
                v.equals(first)
                    || refusals.all().stream().anyMatch(price -> price.variant().equals(v)))
        .map(v -> charts(only(summary, v)))
        .toList();
  }

  /** What only the page needs, all variants included. */
  private void page(Map<String, Object> words, List<SimulatedCurves.Point> simulated)
      throws IOException {
    var tables = new Tables(summary, cells, names, verdict, refusals);
    var runTables = new RunTables(summary, names);
    PageData data = PageData.of(run, summary, names, verdict, simulated, pairs, refusals);
    words.put("cssVariables", Theme.LIGHT.variables());
    words.put("cssDark", Theme.DARK.variables());
    words.put("css", Theme.resource("page.css"));
    words.put("chartCss", Theme.swatchCss() + Theme.heatCss());
    words.put("library", Theme.chartLibrary());
    words.put("script", Theme.resource("page.js"));
    words.put("data", data.text());
    words.put("hasTimelines", data.hasTimelines());
    words.put("pairsText", verdict.noise());
    words.put("notes", prose(data.notes()));
    words.put(
        "answers",
        verdict.answers().stream()
            .map(
                a ->
                    Map.of(
                        "question",
                        a.question(),
                        "html",
                        String.join("<br/>", a.lines().stream().map(Prose::html).toList())))
            .toList());
    words.put("scores", new ScoreMatrix(summary, names, verdict, scores).html());
    table(words, "goodput", tables.goodput());
    table(words, "admitted", tables.admitted());
    table(words, "shed", tables.shed());
    table(words, "outcomes", tables.outcomes());
    table(words, "percentiles", tables.percentiles());
    table(words, "prediction", tables.prediction());
    table(words, "simulated", tables.simulated(simulated));
    table(words, "inside", tables.inside());
    table(words, "costs", tables.costs());
    table(words, "fairness", tables.fairness());
    table(words, "runs", runTables.runs(cells));
    table(words, "pairs", runTables.pairs(pairs));
    table(words, "full", tables.full());
  }

  private void figure(Map<String, Object> words, String key, Figure figure) {
    boolean empty = figure.rows().stream().allMatch(r -> r.panels().isEmpty());
    if (!empty) {
      figures.add(figure);
    }
    String file = "charts/" + figure.name();
    words.put(
        key + "Files",
        "<picture>\n  <source media=\"(prefers-color-scheme: dark)\" srcset=\""
            + file
            + "-dark.svg\">\n  <img alt=\""
            + Svg.escape(figure.alt())
            + "\" src=\""
            + file
            + "-light.svg\">\n</picture>");
  }

  private static void table(Map<String, Object> words, String key, Table table) {
    words.put(key + "Table", table.html());
    words.put(key + "Markdown", table.markdown());
    words.put(key + "There", !table.rows().isEmpty());
  }

  /** Sentences as items with a text for the write-up and HTML for the page. */
  private static List<Map<String, String>> prose(List<String> sentences) {
    return sentences.stream().map(s -> Map.of("text", s, "html", Prose.html(s))).toList();
  }

  private static void put(Path file, String text) throws IOException {
    // Whoever looks at the report while it is made again sees the old one or the new one.
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
