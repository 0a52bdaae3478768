package shedlab.report.chart;

import shedlab.report.text.Prose;

/**
 * One drawing.
 *
 * @param title its subject, such as a server's name
 * @param label what it shows, for those who cannot see it
 * @param marks attributes by which the page filters; empty for none
 * @param body the drawing, in its own system of coordinates
 */
public record Panel(
    String title, String label, String marks, double width, double height, String body) {
  /** Beyond this width a panel scrolls on a small screen: its text would be too small. */
  private static final double SMALL = 460;

  /** The least width of a wide panel, as a share of its full width. */
  private static final double LEAST = 0.66;

  /** For the page, with its title above. */
  public String html() {
    boolean wide = width > SMALL;
    return "<figure"
        + (marks.isEmpty() ? "" : " " + marks)
        + "><figcaption>"
        + Prose.escape(title)
        + "</figcaption><div class=\"plot"
        + (wide ? " wide\" tabindex=\"0" : "")
        + "\"><svg class=\"chart\""
        + (wide ? " style=\"min-width:" + Svg.n(LEAST * width) + "px\"" : "")
        + " role=\"img\" width=\""
        + Svg.n(width)
        + "\" height=\""
        + Svg.n(height)
        + "\" viewBox=\"0 0 "
        + Svg.n(width)
        + " "
        + Svg.n(height)
        + "\" aria-label=\""
        + Prose.escape(label)
        + "\">\n"
        + body
        + "</svg></div></figure>\n";
  }
}
