package shedlab.report.league.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import shedlab.report.chart.Panel;
import shedlab.report.chart.Plot;
import shedlab.report.chart.Svg;
import shedlab.report.league.Contender;
import shedlab.report.league.Contender.Kind;
import shedlab.report.league.Facts;
import shedlab.report.table.Table;

/**
 * Regret of every contender in every situation. One path for each shade: a rectangle for each of
 * ten thousand cells would make the page large and slow.
 */
final class HeatMap {
  private static final double WIDTH = 1_170;
  private static final double ROW = 13;
  private static final double GROUP_GAP = 4;
  private static final double KIND_GAP = 22;
  private static final double TOP = 86;
  private static final double WIDEST = 14;

  private final LeagueData data;
  private final double left;
  private final double cell;

  HeatMap(LeagueData data) {
    this.data = data;
    this.left = Plot.widest(data.contenders().stream().map(Contender::name).toList()) + 12;
    double gaps = GROUP_GAP * data.groups().size();
    this.cell =
        Math.min(WIDEST, (WIDTH - left - 60 - gaps) / Math.max(1, data.situations().size()));
  }

  /** Rows of a kind, and where they are. */
  private record Block(Kind kind, List<Contender> contenders, double top) {}

  /** The map, with the geometry by which the script finds a cell. */
  String html() {
    List<Block> blocks = blocks();
    Map<String, Double> columns = columns();
    Map<Integer, StringBuilder> shades = new TreeMap<>();
    var svg = new Svg();
    data.groups()
        .forEach(
            (group, situations) -> {
              double middle =
                  columns.getOrDefault(situations.get(0).name(), 0.0)
                      + cell * situations.size() / 2;
              svg.open(
                  "transform=\"translate("
                      + Svg.n(middle)
                      + " "
                      + Svg.n(TOP - 8)
                      + ") rotate(-42)\"");
              svg.text("label", 0, 0, group).close();
            });
    double bottom = TOP;
    for (Block block : blocks) {
      svg.text("soft", 0, block.top() - 5, block.kind().word());
      for (int i = 0; i < block.contenders().size(); i++) {
        double y = block.top() + i * ROW;
        Contender contender = block.contenders().get(i);
        svg.text("name end", left - 6, y + ROW - 3, Plot.shortened(contender.name()));
        row(contender, y, columns, shades);
        bottom = y + ROW;
      }
    }
    shades.forEach((shade, d) -> svg.path("c" + shade, d));
    var geometry =
        new StringBuilder("<div id=\"heat\" data-cell=\"" + cell + "\" data-row=\"" + ROW);
    geometry.append("\" data-x=\"");
    data.situations()
        .forEach(s -> geometry.append(Svg.n(columns.getOrDefault(s.name(), 0.0))).append(' '));
    geometry.append("\" data-y=\"");
    for (Block block : blocks) {
      for (int i = 0; i < block.contenders().size(); i++) {
        geometry.append(Svg.n(block.top() + i * ROW)).append(' ');
      }
    }
    return geometry
        + "\">\n"
        + new Panel(
                "Regret by strategy and situation",
                "Regret of every strategy in every situation; the table below has the figures",
                "",
                WIDTH,
                bottom + 6,
                svg.toString())
            .html()
        + "</div>\n";
  }

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    double y = TOP;
    for (Kind kind : List.of(Kind.TUNED, Kind.DEFAULT, Kind.REFERENCE)) {
      List<Contender> contenders = data.contenders(kind);
      if (!contenders.isEmpty()) {
        blocks.add(new Block(kind, contenders, y));
        y += contenders.size() * ROW + KIND_GAP;
      }
    }
    return blocks;
  }

  private Map<String, Double> columns() {
    Map<String, Double> columns = new LinkedHashMap<>();
    double x = left;
    for (List<Facts> group : data.groups().values()) {
      for (Facts facts : group) {
        columns.put(facts.name(), x);
        x += cell;
      }
      x += GROUP_GAP;
    }
    return columns;
  }

  /** Neighbours of one shade are one rectangle. */
  private void row(
      Contender contender,
      double y,
      Map<String, Double> columns,
      Map<Integer, StringBuilder> shades) {
    for (List<Facts> group : data.groups().values()) {
      int from = 0;
      for (int i = 1; i <= group.size(); i++) {
        int shade = Points.shade(data.regret(contender, group.get(from)));
        if (i < group.size() && Points.shade(data.regret(contender, group.get(i))) == shade) {
          continue;
        }
        if (shade >= 0) {
          double x = columns.getOrDefault(group.get(from).name(), 0.0);
          shades
              .computeIfAbsent(shade, s -> new StringBuilder())
              .append("M" + Svg.n(x) + " " + Svg.n(y) + "h" + Svg.n((i - from) * cell))
              .append("v" + Svg.n(ROW - 1) + "h-" + Svg.n((i - from) * cell) + "z");
        }
        from = i;
      }
    }
  }

  /** What a shade stands for. */
  static String legend() {
    var html = new StringBuilder("<p class=\"legend\">");
    for (int shade = 0; shade < Points.shades(); shade++) {
      html.append("<span><svg class=\"key\" viewBox=\"0 0 24 12\" aria-hidden=\"true\">");
      html.append("<rect class=\"c").append(shade).append("\" width=\"24\" height=\"12\"/></svg>");
      html.append(Points.range(shade)).append("</span>\n");
    }
    return html.append("</p>\n").toString();
  }

  /** The worst regret of every contender in every group. */
  String table() {
    List<String> columns = new ArrayList<>(List.of("strategy"));
    columns.addAll(data.groups().keySet());
    List<List<Table.Cell>> rows = new ArrayList<>();
    for (Contender contender : data.contenders()) {
      List<Table.Cell> row = new ArrayList<>(List.of(Table.Cell.of(contender.name())));
      for (List<Facts> group : data.groups().values()) {
        double worst =
            group.stream()
                .mapToDouble(facts -> data.regret(contender, facts))
                .filter(Double::isFinite)
                .max()
                .orElse(Double.NaN);
        row.add(Table.Cell.of(Points.text(worst), Points.heat(worst)));
      }
      rows.add(row);
    }
    return new Table(columns, 1, rows).html();
  }
}
