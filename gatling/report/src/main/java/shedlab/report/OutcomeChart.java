package shedlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary;
import shedlab.report.metric.Summary.Row;

/**
 * What became of the requests: per server a panel, per strategy a group, per load a bar. Medians of
 * shares need not add up to one, so bars are scaled to their full length.
 */
final class OutcomeChart {
  private static final double WIDTH = 390;
  private static final double LEFT = 48;
  private static final double RIGHT = WIDTH - 12;
  private static final double BAR = 13;
  private static final double STEP = 15;

  /** Fill patterns, one per outcome that colour alone might not tell apart. */
  private static final String PATTERNS =
      """
      <defs>
      <pattern id="p-late" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
      <rect class="ink-late" width="1.6" height="5"/></pattern>
      <pattern id="p-timeout" width="4" height="4" patternUnits="userSpaceOnUse">\
      <path class="ink-timeout" d="M0 0L4 4M4 0L0 4"/></pattern>
      <pattern id="p-other" width="4" height="4" patternUnits="userSpaceOnUse">\
      <circle class="ink-other" cx="2" cy="2" r="1"/></pattern>
      </defs>
      """;

  private enum Kind {
    GOOD("good", "good: 200 within the deadline"),
    LATE("late", "late: 200 after it"),
    SHED("shed", "shed: 429"),
    OTHER("other", "other status"),
    TIMEOUT("timeout", "timeout: no answer"),
    TRANSPORT("transport", "transport error");

    private final String css;
    private final String words;

    Kind(String css, String words) {
      this.css = css;
      this.words = words;
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
      if (this == LATE || this == OTHER || this == TIMEOUT) {
        svg.rect("p-" + css, x, y, width, height);
      }
    }
  }

  private OutcomeChart() {}

  static Figure of(Summary summary, StrategyNames names) {
    List<Figure.Key> keys = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      var swatch = new Svg();
      kind.fill(swatch, 1, 0, 22, 12);
      keys.add(new Figure.Key(swatch.toString(), kind.words));
    }
    List<Figure.Panel> panels =
        summary.servers().stream().map(server -> panel(summary, names, server)).toList();
    return new Figure(
        "outcomes",
        "Shares of outcomes per strategy and offered load",
        keys,
        List.of(new Figure.Row("", panels)),
        PATTERNS);
  }

  private static Figure.Panel panel(Summary summary, StrategyNames names, String server) {
    var svg = new Svg();
    svg.text("title", LEFT, 18, server);
    double y = 30;
    for (String strategy : summary.strategies()) {
      svg.text("name", LEFT, y + 10, names.of(strategy));
      y += 16;
      for (double load : summary.loads()) {
        svg.text("tick end", LEFT - 6, y + 10, Numbers.load(load));
        bar(svg, summary.row(server, strategy, load), y);
        y += STEP;
      }
      y += 8;
    }
    return new Figure.Panel(server, WIDTH, y, svg.toString());
  }

  private static void bar(Svg svg, Optional<Row> row, double y) {
    if (row.isEmpty() || !row.get().hasFigures()) {
      svg.rect("missing", LEFT, y, RIGHT - LEFT, BAR);
      svg.text("note", LEFT + 5, y + 10, row.isEmpty() ? "not run" : "no valid run");
      return;
    }
    Row shares = row.get();
    double sum = 0;
    for (Kind kind : Kind.values()) {
      sum += kind.of(shares);
    }
    double x = LEFT;
    for (Kind kind : Kind.values()) {
      double width = sum == 0 ? 0 : kind.of(shares) / sum * (RIGHT - LEFT);
      if (width >= 0.05) {
        kind.fill(svg, x, y, width, BAR);
      }
      if (width > 34 && (kind == Kind.GOOD || kind == Kind.SHED || kind == Kind.LATE)) {
        String text = Numbers.wholePercent(kind.of(shares));
        svg.text("on-" + kind.css, x + 4, y + 10, text);
      }
      x += width;
    }
  }
}
