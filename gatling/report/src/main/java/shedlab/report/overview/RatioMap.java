package shedlab.report.overview;

import java.util.List;
import java.util.Map;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Panel;
import shedlab.report.chart.Plot;
import shedlab.report.chart.Svg;
import shedlab.report.chart.Theme;
import shedlab.report.overview.Overview.Row;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.pair.Ratio;
import shedlab.report.text.Numbers;
import shedlab.report.text.StrategyNames;

/** The ratios as a map: a row for each condition, a column for each strategy. */
final class RatioMap {
  private static final double CELL = 74;
  private static final double ROW = 19;
  private static final double TOP = 20;
  private static final double GAP = 12;
  private static final double BASELINE = 13;
  private static final double NAME_SIZE = 10.5;

  private final Overview overview;
  private final List<Standing> columns;
  private final StrategyNames names;
  private final double left;
  private final Svg svg = new Svg();

  private RatioMap(Overview overview) {
    this.overview = overview;
    this.columns = Standing.of(overview);
    this.names = new StrategyNames(overview.strategies());
    this.left =
        GAP
            + overview.rows().stream()
                .mapToDouble(row -> Plot.textWidth(row.words(), NAME_SIZE))
                .max()
                .orElse(0);
  }

  static Chart of(Overview overview) {
    return new Chart(
        "overview",
        "Goodput of each strategy divided by the queue's, in every published condition",
        List.of(
            key(1, "as much goodput as the reference"),
            key(0, "none"),
            new Chart.Key(text("="), "equal within the precision of the run"),
            new Chart.Key(text("?"), "not told apart: more runs would tell")),
        List.of(new Chart.View(Map.of(), "", List.of(new RatioMap(overview).panel()))));
  }

  private static Chart.Key key(double share, String name) {
    return new Chart.Key(new Svg().rect(tile(share), 0, 0, 24, 12).toString(), name);
  }

  private static String text(String sign) {
    return new Svg().text("label middle", 12, 10, sign).toString();
  }

  private static String tile(double share) {
    return "tile c" + Theme.step(share);
  }

  private Panel panel() {
    double y = TOP;
    for (int x = 0; x < columns.size(); x++) {
      svg.text("strong middle", middle(x), TOP - 6, names.of(columns.get(x).strategy()));
    }
    for (Row row : overview.rows()) {
      svg.text("name end", left - GAP / 2, y + BASELINE, row.words());
      for (int x = 0; x < columns.size(); x++) {
        cell(row, x, y);
      }
      y += ROW;
    }
    return new Panel(
        "Goodput over that of the reference",
        "The table has the same figures",
        "",
        left + columns.size() * CELL,
        y,
        svg.toString());
  }

  private void cell(Row row, int x, double y) {
    String strategy = columns.get(x).strategy();
    Pair pair = row.pair(strategy).orElse(null);
    if (pair == null || Double.isNaN(pair.ratio())) {
      svg.text("soft middle", middle(x), y + BASELINE, pair == null ? "" : Numbers.NO_FIGURE);
      return;
    }
    svg.rect(
        tile(pair.ratio()),
        left + x * CELL,
        y,
        CELL,
        ROW,
        "",
        names.of(strategy) + ", " + row.words() + ": " + Ratio.text(pair));
    svg.text("on" + Theme.step(pair.ratio()) + " middle", middle(x), y + BASELINE, sign(pair));
  }

  /** The ratio, if it says something. */
  private static String sign(Pair pair) {
    Verdict verdict = pair.claim().verdict();
    String ratio = Ratio.number(pair.ratio());
    return verdict == Verdict.EQUAL ? "=" : verdict.different() ? ratio : ratio + "?";
  }

  private double middle(int x) {
    return left + (x + 0.5) * CELL;
  }
}
