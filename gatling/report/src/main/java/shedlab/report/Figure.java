package shedlab.report;

import java.util.List;

/**
 * A chart of the write-up: a legend and rows of panels, drawn as one file.
 *
 * @param name of its files
 * @param alt what it shows, for those who cannot see it
 * @param defs definitions that the panels refer to
 */
record Figure(String name, String alt, List<Key> legend, List<Row> rows, String defs) {
  private static final int COLUMNS = 3;
  private static final double GAP = 18;
  private static final double MARGIN = 14;
  private static final double KEY_WIDTH = 30;
  private static final double KEY_HEIGHT = 18;

  /** An entry of the legend: a swatch of 24 by 12, and its name. */
  record Key(String swatch, String name) {}

  /** Panels that belong side by side. */
  record Row(String heading, List<Panel> panels) {}

  /** One drawing. */
  record Panel(String label, double width, double height, String body) {}

  /** The chart as a file of its own. */
  String file(Theme theme) {
    double panelWidth =
        rows.stream().flatMap(r -> r.panels().stream()).mapToDouble(Panel::width).max().orElse(0);
    int columns = Math.min(COLUMNS, rows.stream().mapToInt(r -> r.panels().size()).max().orElse(1));
    double width = Math.max(560, 2 * MARGIN + columns * panelWidth + (columns - 1) * GAP);
    var svg = new Svg();
    double y = legend(svg, width, MARGIN);
    for (Row row : rows) {
      if (!row.heading().isEmpty()) {
        svg.text("heading", MARGIN, y + 18, row.heading());
        y += 26;
      }
      double tallest = 0;
      for (int i = 0; i < row.panels().size(); i++) {
        Panel panel = row.panels().get(i);
        if (i > 0 && i % columns == 0) {
          y += tallest + GAP;
          tallest = 0;
        }
        svg.shifted(MARGIN + i % columns * (panelWidth + GAP), y, panel.body());
        tallest = Math.max(tallest, panel.height());
      }
      y += tallest + GAP;
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\""
        + Svg.n(width)
        + "\" height=\""
        + Svg.n(y)
        + "\" viewBox=\"0 0 "
        + Svg.n(width)
        + " "
        + Svg.n(y)
        + "\" aria-label=\""
        + Svg.escape(alt)
        + "\">\n<style>\n"
        + theme.chartCss()
        + "</style>\n"
        + defs
        + new Svg().rect("paper", 0, 0, width, y)
        + svg
        + "</svg>\n";
  }

  /** Flows the legend; returns where it ends. */
  private double legend(Svg svg, double width, double top) {
    double x = MARGIN;
    double y = top;
    for (Key key : legend) {
      double needed = KEY_WIDTH + LoadPanel.textWidth(key.name(), 11.5) + 20;
      if (x > MARGIN && x + needed > width - MARGIN) {
        x = MARGIN;
        y += KEY_HEIGHT;
      }
      svg.shifted(x, y, key.swatch());
      svg.text("label", x + KEY_WIDTH, y + 10, key.name());
      x += needed;
    }
    return legend.isEmpty() ? top : y + KEY_HEIGHT + 10;
  }
}
