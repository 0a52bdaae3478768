package shedlab.report.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import shedlab.report.chart.Axis;
import shedlab.report.chart.Chart;
import shedlab.report.figure.Measured.Guide;
import shedlab.report.figure.Measured.Level;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary.Row;
import shedlab.report.result.CellResult;
import shedlab.report.result.Latency;
import shedlab.report.text.Numbers;

/** The charts over the offered load: goodput, response times, and the CPU time of a success. */
public final class LoadCharts {
  private static final int THOUSAND = 1_000;

  /** What refusals leave of the capacity at a load, of a server in a variant. */
  public interface Ceilings extends BiFunction<String, String, Optional<DoubleUnaryOperator>> {}

  /** A percentile that the page shows. */
  private record Percentile(
      String name, String heading, ToLongFunction<Latency> of, long leastSamples) {}

  private static final List<Percentile> PERCENTILES =
      List.of(
          new Percentile("p50", "Median (p50)", Latency::p50, 20),
          new Percentile(
              "p99",
              "99th percentile (p99); faint where a run has fewer than 1000 samples",
              Latency::p99,
              THOUSAND),
          new Percentile("p99.9", "99.9th percentile", Latency::p999, 10 * THOUSAND));

  private LoadCharts() {}

  /** Goodput as a share of the capacity, against what a clairvoyant strategy would reach. */
  public static Chart goodput(
      ChartData data, List<SimulatedCurves.Point> simulated, Ceilings ceilings) {
    Map<Row, Double> expected = new LinkedHashMap<>();
    simulated.forEach(p -> expected.put(p.row(), p.goodputShare()));
    double possible = data.plan().possible(data.referenceLoad());
    Level level =
        data.overLoad() || Double.isNaN(possible)
            ? null
            : new Level(possible, "achievable: " + Numbers.wholePercent(possible));
    Function<String, Measured> figure =
        variant ->
            new Measured(
                data,
                "goodput",
                Axis.shares(greatest(data, simulated, variant)),
                row -> row.get(Metric.GOODPUT_SHARE),
                row -> true,
                ChartData::share,
                row -> expected.getOrDefault(row, Double.NaN),
                Numbers::percent,
                level,
                null,
                (server, of) -> guides(ceilings.apply(server, of)));
    return chart(data, "goodput", "Goodput in % of capacity", figure);
  }

  /**
   * The scale of a variant: a common scale would flatten the lines of variants with small tasks.
   */
  private static double greatest(
      ChartData data, List<SimulatedCurves.Point> simulated, String variant) {
    return DoubleStream.concat(
            data.run().cells().stream()
                .filter(c -> isShown(data, c.variant(), variant))
                .mapToDouble(ChartData::share),
            simulated.stream().mapToDouble(SimulatedCurves.Point::goodputShare))
        .filter(Double::isFinite)
        .reduce(1, Math::max);
  }

  /** Ranks show all variants in one view. */
  private static boolean isShown(ChartData data, String variant, String view) {
    return !data.overLoad() || variant.equals(view);
  }

  private static List<Guide> guides(Optional<DoubleUnaryOperator> ceiling) {
    List<Guide> guides = new ArrayList<>();
    guides.add(new Guide("ideal", "guide", 0, load -> Math.min(1, load)));
    ceiling.ifPresent(c -> guides.add(new Guide("ceiling", "ceiling", 1, c)));
    return guides;
  }

  /** Response times of 200s, with the deadline and the simulated p99. */
  public static Chart admitted(ChartData data, List<SimulatedCurves.Point> simulated) {
    Map<Row, Double> expected = new LinkedHashMap<>();
    simulated.forEach(p -> expected.put(p.row(), (double) p.p99Micros()));
    return latency(
        data,
        "latency-admitted",
        "Response time of admitted requests",
        Row::admitted,
        c -> c.clientSide().admittedLatency(),
        expected,
        new Level(data.plan().load().deadlineMillis() * 1_000.0, "deadline"));
  }

  /** Response times of 429s. The guide is a millisecond: a refusal must be fast. */
  public static Chart shed(ChartData data) {
    return latency(
        data,
        "latency-shed",
        "Response time of shed requests",
        Row::shed,
        c -> c.clientSide().shedLatency(),
        Map.of(),
        new Level(1_000, "1 ms"));
  }

  private static Chart latency(
      ChartData data,
      String name,
      String alt,
      Function<Row, Latency> ofRow,
      Function<CellResult, Latency> ofCell,
      Map<Row, Double> simulated,
      Level level) {
    List<Chart.View> views = new ArrayList<>();
    for (String variant : variants(data)) {
      List<Latency> all =
          Stream.concat(
                  data.summary().rows().stream()
                      .filter(r -> isShown(data, r.variant(), variant))
                      .map(ofRow),
                  data.run().cells().stream()
                      .filter(c -> c.judgement().failure() == null)
                      .filter(c -> isShown(data, c.variant(), variant))
                      .map(ofCell))
              .filter(l -> l.p50() > 0)
              .toList();
      if (!all.isEmpty()) {
        double least = all.stream().mapToDouble(Latency::p50).reduce(level.value(), Math::min);
        double most = all.stream().mapToDouble(Latency::p99).reduce(level.value(), Math::max);
        Axis axis = Axis.micros(least, most * 1.1);
        for (Percentile percentile : PERCENTILES) {
          Measured figure = measured(data, percentile, axis, ofRow, ofCell, simulated, level, alt);
          Map<String, String> choice = new LinkedHashMap<>(choice(data, variant));
          choice.put("q", percentile.name());
          views.add(
              new Chart.View(choice, percentile.heading(), OverLoad.panels(data, figure, variant)));
        }
      }
    }
    return new Chart(name, alt, data.legend(), views);
  }

  private static Measured measured(
      ChartData data,
      Percentile percentile,
      Axis axis,
      Function<Row, Latency> ofRow,
      Function<CellResult, Latency> ofCell,
      Map<Row, Double> simulated,
      Level level,
      String alt) {
    return new Measured(
        data,
        percentile.name()
            + " of the "
            + alt.substring(0, 1).toLowerCase(java.util.Locale.ROOT)
            + alt.substring(1),
        axis,
        row -> micros(percentile, ofRow.apply(row)),
        row -> ofRow.apply(row).count() >= percentile.leastSamples(),
        cell -> micros(percentile, ofCell.apply(cell)),
        row ->
            percentile.name().equals("p99") ? simulated.getOrDefault(row, Double.NaN) : Double.NaN,
        micros -> Numbers.millis(Math.round(micros)) + " ms",
        level,
        data.floor(percentile.name(), percentile.of()),
        (server, variant) -> List.of());
  }

  private static double micros(Percentile percentile, Latency latency) {
    long micros = percentile.of().applyAsLong(latency);
    return micros == 0 ? Double.NaN : micros;
  }

  /** CPU time of the whole process per request answered in time; empty if no server reported it. */
  public static Chart cpu(ChartData data) {
    double[] all =
        data.summary().rows().stream()
            .mapToDouble(LoadCharts::cpu)
            .filter(Double::isFinite)
            .toArray();
    String alt = "CPU time per success";
    if (all.length == 0) {
      return new Chart("cpu", alt, List.of(), List.of());
    }
    double least = DoubleStream.of(all).min().orElse(1);
    double most = DoubleStream.of(all).max().orElse(1);
    Measured figure =
        new Measured(
            data,
            "CPU time per success",
            Axis.micros(least, most * 1.1),
            LoadCharts::cpu,
            row -> true,
            cell -> Double.NaN,
            row -> Double.NaN,
            micros -> Numbers.millis(Math.round(micros)) + " ms",
            null,
            null,
            (server, variant) -> List.of());
    return chart(data, "cpu", alt, variant -> figure);
  }

  private static double cpu(Row row) {
    double micros = row.get(Metric.CPU_PER_GOOD);
    return micros > 0 ? micros : Double.NaN;
  }

  private static Chart chart(
      ChartData data, String name, String alt, Function<String, Measured> figure) {
    List<Chart.View> views = new ArrayList<>();
    for (String variant : variants(data)) {
      views.add(
          new Chart.View(
              choice(data, variant),
              data.heading(variant),
              OverLoad.panels(data, figure.apply(variant), variant)));
    }
    return new Chart(name, alt, data.legend(), views);
  }

  /** Ranks show all variants at once. */
  private static List<String> variants(ChartData data) {
    List<String> all = data.summary().variants();
    return data.overLoad() ? all : all.subList(0, 1);
  }

  private static Map<String, String> choice(ChartData data, String variant) {
    return data.overLoad() ? data.choice(variant) : Map.of();
  }
}
