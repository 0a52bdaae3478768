package shedlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shedlab.report.account.CpuUse;
import shedlab.report.chart.Box;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Panel;
import shedlab.report.chart.Pattern;
import shedlab.report.chart.Svg;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary.Row;
import shedlab.report.text.Numbers;

/**
 * What the CPUs of the servers spent their time on at one load: a panel per server, a bar per
 * strategy. Medians of shares need not add up to one, so bars are scaled to their full length.
 */
public final class CpuChart {
  private static final double LEFT = 8;
  private static final double BAR = 14;

  /** A share that has room for its figure. */
  private static final double LABELLED = 34;

  /** A use and its look: each differs from its neighbours in lightness or pattern, too. */
  private enum Kind {
    TASKS(CpuUse.TASKS, Metric.CPU_TASKS, "o-good", null),
    WORKERS(CpuUse.WORKERS, Metric.CPU_WORKERS, "o-late", Pattern.LATE),
    REFUSED(CpuUse.REFUSED, Metric.CPU_REFUSED, "o-shed", null),
    SERVED(CpuUse.SERVED, Metric.CPU_SERVED, "f1", null),
    JIT(CpuUse.JIT, Metric.CPU_JIT, "o-other", Pattern.OTHER),
    GC(CpuUse.GC, Metric.CPU_GC, "o-timeout", Pattern.TIMEOUT),
    REST(CpuUse.REST, Metric.CPU_REST, "f9", null),
    STOLEN(CpuUse.STOLEN, Metric.CPU_STOLEN, "o-transport", null),
    IDLE(CpuUse.IDLE, Metric.CPU_IDLE, "idle", null);

    private final CpuUse use;
    private final Metric metric;
    private final String css;
    private final @Nullable Pattern pattern;

    Kind(CpuUse use, Metric metric, String css, @Nullable Pattern pattern) {
      this.use = use;
      this.metric = metric;
      this.css = css;
      this.pattern = pattern;
    }

    double of(Row row) {
      double share = row.get(metric);
      return Double.isFinite(share) ? share : 0;
    }

    void fill(Svg svg, double x, double y, double width, double height) {
      svg.rect(css, x, y, width, height);
      if (pattern != null) {
        svg.rect(pattern.fill(), x, y, width, height);
      }
    }
  }

  private final ChartData data;
  private final double load;
  private final double width;
  private final double right;

  private CpuChart(ChartData data, double load) {
    this.data = data;
    this.load = load;
    this.width = Math.min(560, Box.width(data.summary().servers().size()));
    this.right = width - 12;
  }

  /** The chart of a load, with a view for each variant. */
  public static Chart of(ChartData data, double load) {
    var chart = new CpuChart(data, load);
    List<Chart.View> views = new ArrayList<>();
    for (String variant : data.summary().variants()) {
      List<Panel> panels =
          data.summary().servers().stream()
              .flatMap(server -> chart.panel(server, variant).stream())
              .toList();
      views.add(new Chart.View(data.choice(variant), data.heading(variant), panels));
    }
    String alt = "What the server's CPU time was spent on per strategy, at " + Numbers.load(load);
    return new Chart("cpu", alt, legend(data), views);
  }

  /** A swatch and words for every use that the run tells. */
  private static List<Chart.Key> legend(ChartData data) {
    List<Chart.Key> keys = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (data.summary().rows().stream().anyMatch(row -> !Double.isNaN(row.get(kind.metric)))) {
        var swatch = new Svg();
        kind.fill(swatch, 1, 0, 22, 12);
        keys.add(new Chart.Key(swatch.toString(), kind.use.title()));
      }
    }
    return keys;
  }

  /** Empty for a server that does not tell it. */
  private Optional<Panel> panel(String server, String variant) {
    var svg = new Svg();
    double y = 4;
    boolean any = false;
    for (String strategy : data.summary().strategies()) {
      Optional<Row> row =
          data.summary()
              .row(server, strategy, variant, load)
              .filter(r -> !Double.isNaN(r.get(Metric.CPU_TASKS)));
      if (row.isPresent()) {
        any = true;
        svg.open(data.strategy(strategy));
        svg.shifted(LEFT, y, data.look(strategy).swatch());
        svg.text("name", LEFT + 30, y + 10, data.name(strategy));
        bar(svg, row.get(), y + 16);
        svg.close();
        y += 16 + BAR + 8;
      }
    }
    String label = "CPU time of " + server + " at " + Numbers.load(load);
    return any
        ? Optional.of(new Panel(server, label, data.server(server), width, y, svg.toString()))
        : Optional.empty();
  }

  private void bar(Svg svg, Row row, double y) {
    double sum = 0;
    var title = new StringBuilder(data.name(row.strategy()));
    title.append(" at ").append(Numbers.load(load));
    for (Kind kind : Kind.values()) {
      sum += kind.of(row);
      if (kind.of(row) > 0) {
        title.append('\n').append(kind.use.title()).append('\t');
        title.append(Numbers.percent(kind.of(row)));
      }
    }
    double x = LEFT;
    for (Kind kind : Kind.values()) {
      double length = sum == 0 ? 0 : kind.of(row) / sum * (right - LEFT);
      if (length >= 0.05) {
        kind.fill(svg, x, y, length, BAR);
      }
      if (length > LABELLED && kind == Kind.TASKS) {
        svg.text("on-good", x + 4, y + 10, Numbers.wholePercent(kind.of(row)));
      } else if (length > LABELLED && (kind == Kind.REFUSED || kind == Kind.IDLE)) {
        svg.text("on-shed", x + 4, y + 10, Numbers.wholePercent(kind.of(row)));
      }
      x += length;
    }
    svg.rect("hit", LEFT, y, right - LEFT, BAR, "", title.toString());
  }
}
