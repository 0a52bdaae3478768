package shedlab.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Report;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Panel;
import shedlab.report.finding.FloorWords;
import shedlab.report.metric.Summary;
import shedlab.report.pack.Unpacked;
import shedlab.report.raw.Floor;
import shedlab.report.raw.LatencyLog;
import shedlab.report.result.CellResult;
import shedlab.report.result.RunFiles;
import shedlab.report.result.SampleRun;
import shedlab.report.text.StrategyNames;

/** The bands of charts: how far the runs of a cell are apart. */
class BandsTest {
  private static final List<String> STRATEGIES = SampleRun.STRATEGIES.subList(1, 3);
  private static final List<Double> LOADS = List.of(1.2, 2.0);
  private static final String SAID =
      "Lines join medians, bands span the runs: the range of 3 holds the true median with 75.0 %"
          + " confidence.";
  private static final Pattern BAND = Pattern.compile("class=\"band (f\\d+)\" d=\"([^\"]*)\"");
  private static final Pattern DRAWN =
      Pattern.compile("class=\"line s(\\d+) d\\d\" d=\"([^\"]*)\"");
  private static final Pattern LINE = Pattern.compile("class=\"(line|guide|thin)\\b");
  private static final Pattern RUN =
      Pattern.compile("class=\"run (f\\d+)\" cx=\"([^\"]*)\" cy=\"([^\"]*)\"");

  @TempDir
  @SuppressWarnings("NullAway.Init") // by JUnit
  private static Path reported;

  @TempDir private Path folder = Path.of("");

  /** Only to be read. */
  @BeforeAll
  static void aReportOfThreeRuns() throws IOException {
    SampleRun.write(reported, STRATEGIES, LOADS, 3, true);
    Report.write(reported);
  }

  /** The lowest and the highest at each place, by colour and x. */
  private record Extent(Map<String, DoubleSummaryStatistics> at) {
    static Extent of(Panel panel, Pattern element) {
      var extent = new Extent(new TreeMap<>());
      Matcher found = element.matcher(panel.body());
      while (found.find()) {
        boolean dot = found.groupCount() == 3;
        for (String point :
            dot ? List.of(found.group(2) + " " + found.group(3)) : corners(found.group(2))) {
          String[] xy = point.split(" ", -1);
          extent
              .at()
              .computeIfAbsent(found.group(1) + " " + xy[0], key -> new DoubleSummaryStatistics())
              .accept(Double.parseDouble(xy[1]));
        }
      }
      return extent;
    }

    Map<String, String> range() {
      var range = new TreeMap<String, String>();
      at.forEach((key, ys) -> range.put(key, ys.getMin() + " to " + ys.getMax()));
      return range;
    }
  }

  private static List<String> corners(String path) {
    return List.of(path.replace("M", "").replace("Z", "").split("L", -1));
  }

  private static ChartData data(RunFiles run) {
    Summary summary = Summary.of(run.manifest(), run.cells());
    return ChartData.of(
        run,
        summary,
        new StrategyNames(summary.strategies()),
        2,
        new FloorWords(Floor.NOT_MEASURED));
  }

  private ChartData data(int repeats) throws IOException {
    Path run = folder.resolve("run-" + repeats);
    return data(SampleRun.write(run, STRATEGIES, LOADS, repeats, true));
  }

  /** Every chart over the load that has single runs. */
  private static List<Chart> overLoad(ChartData data) {
    return List.of(
        LoadCharts.goodput(data, List.of(), (server, variant) -> Optional.empty()),
        LoadCharts.admitted(data, List.of()),
        LoadCharts.shed(data));
  }

  private static List<Chart> all(ChartData data) throws IOException {
    PercentileCurves curves = PercentileCurves.of(data);
    return Stream.concat(overLoad(data).stream(), Stream.of(curves.admitted(), curves.shed()))
        .toList();
  }

  private static List<Panel> panels(Chart chart) {
    List<Panel> panels = chart.views().stream().flatMap(view -> view.panels().stream()).toList();
    assertThat(panels).as(chart.name()).isNotEmpty();
    return panels;
  }

  @Test
  void aBandOverTheLoadSpansTheSingleRuns() throws IOException {
    for (Chart chart : overLoad(data(3))) {
      for (Panel panel : panels(chart)) {
        Map<String, String> bands = Extent.of(panel, BAND).range();
        assertThat(bands)
            .as(chart.name() + ", " + panel.label())
            .hasSize(STRATEGIES.size() * LOADS.size())
            .isEqualTo(Extent.of(panel, RUN).range());
      }
    }
  }

  @Test
  void everyChartHasABandOfTwoRunsAndNoneOfOne() throws IOException {
    for (Chart chart : all(data(2))) {
      assertThat(panels(chart))
          .allSatisfy(panel -> assertThat(panel.body()).contains("class=\"band "));
    }
    for (Chart chart : all(data(1))) {
      assertThat(panels(chart)).noneMatch(panel -> panel.body().contains("class=\"band "));
    }
  }

  @Test
  void aBandLiesBelowAllLinesAndHasOnlyFiniteCorners() throws IOException {
    for (Chart chart : all(data(3))) {
      for (Panel panel : panels(chart)) {
        String body = panel.body();
        Matcher line = LINE.matcher(body);
        assertThat(line.find()).isTrue();
        assertThat(body.lastIndexOf("class=\"band ")).isBetween(0, line.start());
        Matcher band = BAND.matcher(body);
        while (band.find()) {
          assertThat(band.group(2)).matches("M[0-9.]+ [0-9.]+(L[0-9.]+ [0-9.]+)+Z");
        }
      }
    }
  }

  @Test
  void aRunWithoutSuchAnAnswerIsInNoBand() throws IOException {
    SampleRun.write(folder, STRATEGIES, LOADS, 3, true);
    String shed = "\"shedLatency\":\\{[^}]*}";
    String nothing =
        "\"shedLatency\":{\"count\":0,\"p50\":0,\"p90\":0,\"p99\":0,\"p999\":0,"
            + "\"max\":0,\"mean\":0.0}";
    change(shed, nothing, 2);
    for (Panel panel : panels(LoadCharts.shed(data(RunFiles.open(folder))))) {
      assertThat(Extent.of(panel, BAND).range()).isEqualTo(Extent.of(panel, RUN).range());
      assertThat(panel.body()).contains(", 2 runs)").doesNotContain(", 3 runs)");
    }

    change(shed, nothing, 3);
    for (Panel panel : panels(LoadCharts.shed(data(RunFiles.open(folder))))) {
      assertThat(panel.body()).contains("class=\"run ").doesNotContain("class=\"band ", " runs)");
    }
  }

  @Test
  void aBandOfPercentilesEndsWhereOneOfTheRunsHasTooFewSamples() throws IOException {
    SampleRun.write(folder, STRATEGIES, LOADS, 3, true);
    assertThat(corners()).containsOnly(2 * 3); // the 50th, the 90th and the 99th percentile

    change("\"admittedLatency\":\\{\"count\":\\d+", "\"admittedLatency\":{\"count\":300", 2);

    assertThat(corners()).containsOnly(2 * 2);
  }

  @Test
  void theCurveOfAllRunsLiesWithinTheBandOfEach() throws IOException {
    RunFiles run = SampleRun.write(folder, STRATEGIES, LOADS, 3, true);
    var random = new Random(5);
    for (CellResult cell : run.cells()) {
      var admitted = new Histogram(3);
      double median = 10_000 * (1 + random.nextDouble());
      for (int i = 0; i < 2_000; i++) {
        admitted.recordValue(Math.round(median * Math.exp(0.5 * random.nextGaussian())));
      }
      Path raw = Files.createDirectories(run.cellFolder(cell.key().id()));
      LatencyLog.write(raw, Map.of(LatencyLog.Kind.ADMITTED, admitted), 1_000, 13_000);
    }

    for (Panel panel : panels(PercentileCurves.of(data(run)).admitted())) {
      assertThat(Extent.of(panel, BAND).at()).hasSizeGreaterThan(10 * STRATEGIES.size());
      liesInTheBands(panel);
    }
  }

  /** Each line in the band of its colour, as far as that goes. */
  private static void liesInTheBands(Panel panel) {
    Map<String, DoubleSummaryStatistics> lines = Extent.of(panel, DRAWN).at();
    Extent.of(panel, BAND)
        .at()
        .forEach(
            (key, band) ->
                assertThat(Objects.requireNonNull(lines.get(key.substring(1)), key).getMax())
                    .isBetween(band.getMin() - 0.11, band.getMax() + 0.11));
  }

  @Test
  void theMedianLiesInTheBandThoughTheHypervisorTookCpu() throws IOException {
    SampleRun.write(folder, STRATEGIES, LOADS, 3, true);
    for (int repeat = 1; repeat <= 3; repeat++) {
      change("\"rate\",\"value\":\"0.998\"", "\"steal\",\"value\":\"0.080\"", repeat);
    }

    for (Panel panel : panels(overLoad(data(RunFiles.open(folder))).get(0))) {
      assertThat(panel.body()).contains("class=\"band ");
      liesInTheBands(panel);
    }
  }

  @Test
  void aLoadWithOneValidRunPartsTheBand() throws IOException {
    List<Double> five = List.of(0.9, 1.2, 1.5, 2.0, 3.0);
    RunFiles run = SampleRun.write(folder, STRATEGIES, five, 3, true);
    Path cells = folder.resolve("cells.jsonl");
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(cells)) {
      boolean invalid = line.contains("\"load\":1.5") && !line.contains("\"repeat\":1,");
      lines.add(invalid ? line.replaceFirst("\"ok\":true", "\"ok\":false") : line);
    }
    Files.write(cells, lines);

    for (Panel panel : panels(overLoad(data(RunFiles.open(run.folder()))).get(0))) {
      assertThat(BAND.matcher(panel.body()).results().map(band -> corners(band.group(2)).size()))
          .hasSize(2 * STRATEGIES.size())
          .containsOnly(2 * 2);
    }
  }

  @Test
  void theCaptionSaysWhatABandIsAndHowSureItIs() throws IOException {
    String page =
        Unpacked.page(Files.readString(reported.resolve("report.html"))).replace('\u00a0', ' ');
    String text = Files.readString(reported.resolve("REPORT.md"));

    assertThat(page.split(Pattern.quote(SAID), -1)).hasSize(1 + 3);
    assertThat(text.split(Pattern.quote(SAID), -1)).hasSize(1 + 3);
    assertThat(page).contains("Bands span the runs, as far as each of them has ten.");
    for (String chart : List.of("goodput", "latency-admitted", "latency-shed")) {
      assertThat(reported.resolve("charts/" + chart + "-dark.svg"))
          .content()
          .contains("class=\"band ");
    }
  }

  @Test
  void aReportOfSingleRunsDoesNotSpeakOfBands() throws IOException {
    SampleRun.write(folder, STRATEGIES, LOADS, 1, true);
    Report.write(folder);

    assertThat(Unpacked.page(Files.readString(folder.resolve("report.html"))))
        .doesNotContain("ands span the runs");
    assertThat(folder.resolve("REPORT.md")).content().doesNotContain("ands span the runs");
  }

  /** How many corners the bands of the percentiles of 200s have. */
  private List<Integer> corners() throws IOException {
    List<Integer> corners = new ArrayList<>();
    for (Panel panel : panels(PercentileCurves.of(data(RunFiles.open(folder))).admitted())) {
      Matcher band = BAND.matcher(panel.body());
      while (band.find()) {
        corners.add(corners(band.group(2)).size());
      }
    }
    return corners;
  }

  /** Replaces something in every cell of a repeat. */
  private void change(String pattern, String by, int repeat) throws IOException {
    Path cells = folder.resolve("cells.jsonl");
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(cells)) {
      boolean mine = line.contains("\"repeat\":" + repeat);
      lines.add(mine ? line.replaceFirst(pattern, Matcher.quoteReplacement(by)) : line);
    }
    Files.write(cells, lines);
  }
}
