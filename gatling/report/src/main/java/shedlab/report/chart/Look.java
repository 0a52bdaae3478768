package shedlab.report.chart;

/**
 * How a strategy is drawn: colour, dashes and marker, each enough to tell it from its neighbours.
 *
 * @param colour an index into the theme
 * @param dash an index into {@code chart.css}
 */
public record Look(int colour, int dash, Marker marker) {
  /** How many colours a theme has for series: ink first, then those of any strategy. */
  public static final int COLOURS = 10;

  /** How many patterns of dashes {@code chart.css} has. */
  public static final int DASHES = 5;

  /** The inside of a swatch of 24 by 12. */
  public String swatch() {
    return new Svg().line(line(), 0, 6, 24, 6).path(fill(), marker.at(12, 6, 3.2)).toString();
  }

  /** The swatch as a drawing in a sentence or a table. */
  public String key() {
    return "<svg class=\"key\" viewBox=\"0 0 24 12\" aria-hidden=\"true\">"
        + swatch().replace("\n", "")
        + "</svg>";
  }

  /** The same swatch as a reference to {@link #definition} in the same page, which is shorter. */
  public String mention() {
    return "<svg class=\"key\"><use href=\"#" + id() + "\"/></svg>";
  }

  /** The definition that a mention refers to. */
  public String definition() {
    return "<g id=\"" + id() + "\">" + swatch().replace("\n", "") + "</g>\n";
  }

  private String id() {
    return "k" + colour + "-" + marker.ordinal();
  }

  /** The class of a line. */
  public String line() {
    return "line " + stroke() + " d" + dash;
  }

  /** The class of elements with a stroke in this colour. */
  public String stroke() {
    return "s" + colour;
  }

  /** The class of elements that are filled with this colour. */
  public String fill() {
    return "f" + colour;
  }
}
