package shedlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shedlab.report.chart.Box;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Panel;
import shedlab.report.chart.Pattern;
import shedlab.report.chart.Svg;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary.Row;
import shedlab.report.text.Numbers;

/**
 * How requests ended: a panel per server, a group per strategy, a bar per load. Medians of shares
 * need not add up to one, so bars are scaled to their full length.
 */
public final class OutcomeChart {
  private static final double LEFT = 52;
  private static final double BAR = 13;
  private static final double STEP = 15;

  private enum Kind {
    GOOD("good", "good: 200 within the deadline", null),
    LATE("late", "late: 200 after it", Pattern.LATE),
    SHED("shed", "shed: 429", null),
    OTHER("other", "other status", Pattern.OTHER),
    TIMEOUT("timeout", "timeout: no answer", Pattern.TIMEOUT),
    TRANSPORT("transport", "transport error", null);

    private final String css;
    private final String words;
    private final @Nullable Pattern pattern;

    Kind(String css, String words, @Nullable Pattern pattern) {
      this.css = css;
      this.words = words;
      this.pattern = pattern;
    }

    double of(Row row) {
      double share =
          switch (this) {
            case GOOD -> row.get(Metric.GOOD_SHARE);
            case LATE -> row.get(Metric.LATE_SHARE);
            case SHED -> row.get(Metric.SHED_SHARE);
            case OTHER -> row.get(Metric.OTHER_SHARE);
            case TIMEOUT -> row.get(Metric.TIMEOUT_SHARE);
            case TRANSPORT -> row.get(Metric.TRANSPORT_SHARE);
          };
      return Double.isFinite(share) ? share : 0;
    }

    void fill(Svg svg, double x, double y, double width, double height) {
      svg.rect("o-" + css, x, y, width, height);
      if (pattern != null) {
        svg.rect(pattern.fill(), x, y, width, height);
      }
    }
  }

  private final ChartData data;
  private final double width;
  private final double right;

  private OutcomeChart(ChartData data) {
    this.data = data;
    this.width = Math.min(560, Box.width(data.summary().servers().size()));
    this.right = width - 12;
  }

  public static Chart of(ChartData data) {
    var chart = new OutcomeChart(data);
    List<Chart.View> views = new ArrayList<>();
    for (String variant : data.summary().variants()) {
      List<Panel> panels =
          data.summary().servers().stream().map(server -> chart.panel(server, variant)).toList();
      views.add(new Chart.View(data.choice(variant), data.heading(variant), panels));
    }
    return new Chart("outcomes", "Shares of outcomes per strategy and load", legend(), views);
  }

  /** A swatch and words for every outcome. */
  public static List<Chart.Key> legend() {
    List<Chart.Key> keys = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      var swatch = new Svg();
      kind.fill(swatch, 1, 0, 22, 12);
      keys.add(new Chart.Key(swatch.toString(), kind.words));
    }
    return keys;
  }

  private Panel panel(String server, String variant) {
    var svg = new Svg();
    double y = 4;
    for (String strategy : data.summary().strategies()) {
      List<Double> loads = data.summary().loads();
      boolean first = variant.equals(data.summary().variants().get(0));
      boolean due = first && data.summary().together(server, strategy);
      if (!due && loads.stream().allMatch(l -> row(server, strategy, variant, l).isEmpty())) {
        continue; // a strategy need not run in every variant, nor on every server
      }
      svg.open(data.strategy(strategy));
      svg.shifted(LEFT, y, data.look(strategy).swatch());
      svg.text("name", LEFT + 30, y + 10, data.name(strategy));
      y += 17;
      for (double load : loads) {
        svg.open(data.load(load));
        svg.text("tick end", LEFT - 6, y + 10, Numbers.load(load));
        bar(svg, row(server, strategy, variant, load), y);
        svg.close();
        y += STEP;
      }
      svg.close();
      y += 8;
    }
    return new Panel(
        server, "Outcomes of requests on " + server, data.server(server), width, y, svg.toString());
  }

  private Optional<Row> row(String server, String strategy, String variant, double load) {
    return data.summary().row(server, strategy, variant, load);
  }

  private void bar(Svg svg, Optional<Row> row, double y) {
    if (row.isEmpty() || !row.get().hasFigures()) {
      svg.rect("missing", LEFT, y, right - LEFT, BAR);
      svg.text("note", LEFT + 5, y + 10, row.isEmpty() ? "not run" : "no valid run");
      return;
    }
    Row shares = row.get();
    double sum = 0;
    var title = new StringBuilder(data.name(row.get().strategy()));
    title.append(" at ").append(Numbers.load(row.get().load()));
    for (Kind kind : Kind.values()) {
      sum += kind.of(shares);
      if (kind.of(shares) > 0) {
        title.append('\n').append(kind.words).append('\t').append(Numbers.percent(kind.of(shares)));
      }
    }
    double x = LEFT;
    for (Kind kind : Kind.values()) {
      double length = sum == 0 ? 0 : kind.of(shares) / sum * (right - LEFT);
      if (length >= 0.05) {
        kind.fill(svg, x, y, length, BAR);
      }
      if (length > 34 && (kind == Kind.GOOD || kind == Kind.SHED || kind == Kind.LATE)) {
        String text = Numbers.wholePercent(kind.of(shares));
        svg.text("on-" + kind.css, x + 4, y + 10, text);
      }
      x += length;
    }
    svg.rect("hit", LEFT, y, right - LEFT, BAR, "", title.toString());
  }
}
