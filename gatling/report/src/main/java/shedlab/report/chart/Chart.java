package shedlab.report.chart;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import shedlab.report.text.Prose;

/**
 * A chart: for the page every view of it, of which the reader chooses one; for the write-up a file
 * with the views that matter most.
 *
 * @param name the name of its files and of its element in the page
 * @param alt what it shows, for those who cannot see it
 */
public record Chart(String name, String alt, List<Key> legend, List<View> views) {
  private static final int COLUMNS = 3;
  private static final double GAP = 18;
  private static final double MARGIN = 14;
  private static final double TITLE = 24;
  private static final double KEY_WIDTH = 30;
  private static final double KEY_HEIGHT = 18;

  /** An entry of the legend: a swatch of 24 by 12, and its name. */
  public record Key(String swatch, String name) {}

  /**
   * Panels that belong side by side.
   *
   * @param choice for what choice they are shown, by the name of what is chosen
   */
  public record View(Map<String, String> choice, String heading, List<Panel> panels) {}

  /** True if there is nothing to draw. */
  public boolean isEmpty() {
    return views.stream().allMatch(view -> view.panels().isEmpty());
  }

  /** The same chart with these views, for a file. */
  public Chart of(List<View> chosen) {
    return new Chart(name, alt, legend, List.copyOf(chosen));
  }

  /**
   * All views for the page: the one that is chosen at first is visible, the others are inert.
   *
   * @param first what is chosen at first, for all that can be chosen
   * @param empty the text if a choice has no view
   */
  public String html(Map<String, String> first, String empty) {
    var html = new StringBuilder("<div class=\"views\" data-chart=\"" + name + "\">\n");
    html.append("<p class=\"nothing note-text\"");
    boolean any =
        views.stream()
            .anyMatch(
                v -> !v.panels().isEmpty() && first.entrySet().containsAll(v.choice().entrySet()));
    html.append(any ? " hidden=\"hidden\">" : ">").append(Prose.escape(empty)).append("</p>\n");
    for (View view : views) {
      if (view.panels().isEmpty()) {
        continue;
      }
      boolean shown = first.entrySet().containsAll(view.choice().entrySet());
      var choice = new StringBuilder();
      new TreeMap<>(view.choice())
          .forEach(
              (key, value) ->
                  choice.append(" data-if-" + key + "=\"" + Prose.escape(value) + "\""));
      html.append(shown ? "" : "<template" + choice + ">");
      html.append("<div class=\"panels\"").append(choice).append(">\n");
      view.panels().forEach(panel -> html.append(panel.html()));
      html.append("</div>").append(shown ? "\n" : "</template>\n");
    }
    return html.append("</div>\n").toString();
  }

  /** All views as one file, one below the other, with the colours written out. */
  public String file(Theme theme) {
    double panelWidth =
        views.stream().flatMap(v -> v.panels().stream()).mapToDouble(Panel::width).max().orElse(0);
    int columns =
        Math.min(COLUMNS, views.stream().mapToInt(v -> v.panels().size()).max().orElse(1));
    double width = Math.max(560, 2 * MARGIN + columns * panelWidth + (columns - 1) * GAP);
    var svg = new Svg();
    double y = legend(svg, width, MARGIN);
    for (View view : views) {
      if (!view.heading().isEmpty()) {
        svg.text("heading", MARGIN, y + 18, view.heading());
        y += 26;
      }
      double tallest = 0;
      for (int i = 0; i < view.panels().size(); i++) {
        Panel panel = view.panels().get(i);
        if (i > 0 && i % columns == 0) {
          y += tallest + GAP;
          tallest = 0;
        }
        double x = MARGIN + i % columns * (panelWidth + GAP);
        svg.text("title", x, y + 16, panel.title());
        svg.shifted(x, y + TITLE, panel.body());
        tallest = Math.max(tallest, panel.height() + TITLE);
      }
      y += tallest + GAP;
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" width=\""
        + Svg.n(width)
        + "\" height=\""
        + Svg.n(y)
        + "\" viewBox=\"0 0 "
        + Svg.n(width)
        + " "
        + Svg.n(y)
        + "\" aria-label=\""
        + Prose.escape(alt)
        + "\">\n<style>\n"
        + theme.chartCss()
        + (svg.toString().contains("class=\"tile c") ? theme.tileCss() : "")
        + "</style>\n"
        + (svg.toString().contains("class=\"p-") ? Pattern.definitions() : "")
        + new Svg().rect("paper", 0, 0, width, y)
        + svg
        + "</svg>\n";
  }

  /** Lays out the legend in lines; returns where it ends. */
  private double legend(Svg svg, double width, double top) {
    double x = MARGIN;
    double y = top;
    for (Key key : legend) {
      double needed = KEY_WIDTH + Plot.textWidth(key.name(), 11.5) + 20;
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
