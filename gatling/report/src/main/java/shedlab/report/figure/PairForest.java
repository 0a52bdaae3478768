package shedlab.report.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import shedlab.report.chart.Axis;
import shedlab.report.chart.Box;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Look;
import shedlab.report.chart.Panel;
import shedlab.report.chart.Plot;
import shedlab.report.chart.Svg;
import shedlab.report.metric.Metric;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pair.Kind;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/**
 * Ratios of goodput with their intervals and, behind each, the band of ratios that do not count:
 * the precision of the run or, where identical (A/A) runs differ by more, theirs. Between servers
 * they are ratios of goodput as a share of each server's capacity.
 */
public final class PairForest {
  private static final double WIDTH = 760;
  private static final double ROW = 22;

  /** The greatest distance from 1 at which a ratio is drawn. */
  private static final double FARTHEST = 9.2;

  private static final double NEAREST = 1.12;

  private final ChartData data;
  private final List<Pair> pairs;

  private PairForest(ChartData data, List<Pair> pairs) {
    this.data = data;
    this.pairs = pairs;
  }

  /** Kinds of pairs that a run has, with their names in words. */
  public static Map<String, String> kinds(List<Pair> pairs) {
    var kinds = new LinkedHashMap<String, String>();
    for (Kind kind : List.of(Kind.STRATEGY, Kind.SERVER, Kind.VARIANT, Kind.TWIN)) {
      if (drawn(pairs).stream().anyMatch(p -> p.kind() == kind)) {
        kinds.put(kind.title(), words(kind));
      }
    }
    return kinds;
  }

  private static String words(Kind kind) {
    return switch (kind) {
      case STRATEGY -> "strategies";
      case SERVER -> "servers";
      case VARIANT -> "variants";
      case TWIN -> "A/A twins";
      case RUN -> "runs";
    };
  }

  private static List<Pair> drawn(List<Pair> pairs) {
    return pairs.stream()
        .filter(
            p -> p.measure() == (p.kind() == Kind.SERVER ? Metric.GOODPUT_SHARE : Metric.GOODPUT))
        .filter(p -> p.blocks() > 0)
        .toList();
  }

  public static Chart of(ChartData data, List<Pair> pairs) {
    var chart = new PairForest(data, drawn(pairs));
    List<Chart.View> views = new ArrayList<>();
    for (String kind : kinds(pairs).keySet()) {
      for (double load : data.summary().loads()) {
        boolean among = kind.equals(Kind.VARIANT.title()) || kind.equals(Kind.TWIN.title());
        for (String variant : among ? List.of("") : data.summary().variants()) {
          List<Pair> mine =
              chart.pairs.stream()
                  .filter(p -> p.kind().title().equals(kind) && p.side().load() == load)
                  .filter(p -> among || p.side().variant().equals(variant))
                  .toList();
          var choice = new LinkedHashMap<String, String>();
          choice.put("pairs", kind);
          choice.put("at", Integer.toString(data.summary().loads().indexOf(load)));
          if (!among) {
            choice.putAll(data.choice(variant));
          }
          views.add(
              new Chart.View(
                  choice, "", mine.isEmpty() ? List.of() : List.of(chart.panel(mine, load))));
        }
      }
    }
    return new Chart("forest", "Ratios of goodput between pairs of runs", List.of(), views);
  }

  private Panel panel(List<Pair> mine, double load) {
    double edge =
        mine.stream()
            .flatMap(p -> Stream.of(p.interval().low(), p.interval().high(), p.ratio(), p.band()))
            .filter(v -> v > 0 && Double.isFinite(v))
            .mapToDouble(v -> Math.max(v, 1 / v))
            .reduce(NEAREST, Math::max);
    Axis axis = Axis.ratios(Math.min(FARTHEST, edge * 1.06));
    double names = mine.stream().mapToDouble(p -> Plot.textWidth(name(p), 10.5)).max().orElse(0);
    double height = ROW * mine.size();
    var box = new Box(WIDTH, height + 56, names + 16, 16, WIDTH - 130, height + 16);
    var plot = new Plot(box, axis, axis);
    for (int i = 0; i < mine.size(); i++) {
      noise(plot, mine.get(i), box.top() + ROW * i);
    }
    plot.columns("", true);
    Svg svg = plot.svg();
    svg.line("unit", plot.x(1), box.top(), plot.x(1), box.bottom());
    svg.text("note middle", plot.x(1), box.top() - 5, "differences that do not count");
    svg.text("note", box.left(), box.bottom() + 31, "← less goodput");
    svg.text("note end", box.right(), box.bottom() + 31, "more goodput →");
    for (int i = 0; i < mine.size(); i++) {
      pair(plot, mine.get(i), box.top() + ROW * (i + 0.5));
    }
    boolean share = mine.get(0).kind() == Kind.SERVER;
    String title =
        "ratios of "
            + (share ? "goodput in % of capacity" : "goodput")
            + " at "
            + Numbers.load(load);
    return plot.panel(title, title, "");
  }

  private void noise(Plot plot, Pair pair, double y) {
    if (pair.band() > 0) {
      double from = plot.x(1 / pair.band());
      plot.svg().rect("noise", from, y, plot.x(pair.band()) - from, ROW);
    }
  }

  private void pair(Plot plot, Pair pair, double y) {
    Look look = data.look(pair.side().strategy());
    Svg svg = plot.svg();
    svg.open(data.strategy(pair.side().strategy()) + " " + data.server(pair.side().server()));
    svg.text("name end", plot.box().left() - 8, y + 3.5, name(pair));
    boolean told = pair.claim().verdict().different();
    svg.text(
        told ? "name" : "soft", plot.box().right() + 8, y + 3.5, pair.claim().verdict().title());
    double low = pair.interval().low();
    double high = pair.interval().high();
    if (low > 0 || Double.isFinite(high)) { // else nothing is known
      svg.line("line d0 " + look.stroke(), plot.x(low), y, plot.x(high), y);
    }
    String title =
        name(pair)
            + "\nratio\t"
            + Numbers.fixed(pair.ratio(), 3)
            + "\ninterval\t"
            + Numbers.fixed(low, 3)
            + " to "
            + Numbers.fixed(high, 3)
            + "\nblocks\t"
            + pair.blocks()
            + "\n"
            + pair.claim().verdict().title()
            + "\t"
            + pair.claim().why();
    double ratio = Double.isFinite(pair.ratio()) ? pair.ratio() : FARTHEST;
    svg.path(look.fill(), look.marker().at(plot.x(Math.max(1e-9, ratio)), y, 4), "", title);
    svg.close();
  }

  private String name(Pair pair) {
    String strategy = Plot.shortened(data.name(pair.side().strategy()));
    return switch (pair.kind()) {
      case SERVER -> strategy + ": " + pair.side().server() + " / " + pair.against();
      case STRATEGY ->
          pair.side().server()
              + ": "
              + strategy
              + " / "
              + Plot.shortened(data.name(pair.against()));
      case VARIANT, TWIN, RUN ->
          pair.side().server()
              + ": "
              + strategy
              + " "
              + Prose.variant(pair.side().variant())
              + " / plain";
    };
  }
}
