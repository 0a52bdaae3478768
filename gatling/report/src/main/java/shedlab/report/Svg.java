package shedlab.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Writes SVG, element by element.
 *
 * <p>Why not a chart library: the ones for Java measure text with the fonts of the machine (so the
 * bytes differ between machines), write colours into every element (so that one drawing cannot
 * follow the reader's light or dark theme), and know neither direct labels nor hatching. What a
 * report needs of SVG is lines, rectangles and text with a class; the colours are in the style
 * sheet, see {@link Theme}.
 */
final class Svg {
  private final StringBuilder out = new StringBuilder(4_096);

  Svg line(String css, double x1, double y1, double x2, double y2) {
    return path(css, "M" + n(x1) + " " + n(y1) + "L" + n(x2) + " " + n(y2));
  }

  Svg path(String css, CharSequence d) {
    out.append("<path class=\"").append(css).append("\" d=\"").append(d).append("\"/>\n");
    return this;
  }

  Svg rect(String css, double x, double y, double width, double height) {
    out.append("<rect class=\"").append(css).append("\" x=\"").append(n(x));
    out.append("\" y=\"").append(n(y)).append("\" width=\"").append(n(width));
    out.append("\" height=\"").append(n(height)).append("\"/>\n");
    return this;
  }

  /** A dot that tells its story when pointed at. */
  Svg dot(String css, double x, double y, double radius, String title) {
    out.append("<circle class=\"").append(css).append("\" cx=\"").append(n(x));
    out.append("\" cy=\"").append(n(y)).append("\" r=\"").append(n(radius)).append("\"><title>");
    out.append(escape(title)).append("</title></circle>\n");
    return this;
  }

  /** Text; the class says where its anchor is, see {@code chart.css}. */
  Svg text(String css, double x, double y, String text) {
    out.append("<text class=\"").append(css).append("\" x=\"").append(n(x));
    out.append("\" y=\"").append(n(y)).append("\">").append(escape(text)).append("</text>\n");
    return this;
  }

  Svg shifted(double dx, double dy, String body) {
    out.append("<g transform=\"translate(").append(n(dx)).append(' ').append(n(dy));
    out.append(")\">\n").append(body).append("</g>\n");
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  /** A coordinate: a tenth of a unit is finer than any screen, and keeps the page small. */
  static String n(double value) {
    return BigDecimal.valueOf(value)
        .setScale(1, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
