package shedlab.report.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import shedlab.report.text.Prose;

/**
 * Writes SVG, element by element.
 *
 * <p>Why not a chart library: the ones for Java measure text with the fonts of the machine (so the
 * bytes differ between machines), write colours into every element (so that one drawing cannot
 * follow the reader's light or dark theme), and know neither direct labels nor hatching. A report
 * only needs lines, rectangles and text with a class; the colours are in the style sheet, see
 * {@link Theme}.
 */
public final class Svg {
  /** Rounding in binary equals rounding in decimal, unless the value is large or near a tie. */
  private static final double MOST_TENTHS = 1e9;

  private static final double SURELY_ROUNDED = 0.499;

  private final StringBuilder out = new StringBuilder(4_096);

  /** A straight line. */
  public Svg line(String css, double x1, double y1, double x2, double y2) {
    return path(css, "M" + n(x1) + " " + n(y1) + "L" + n(x2) + " " + n(y2));
  }

  /** A path; nothing if it is empty. */
  public Svg path(String css, CharSequence d) {
    if (!d.isEmpty()) {
      out.append("<path class=\"").append(css).append("\" d=\"").append(d).append("\"/>\n");
    }
    return this;
  }

  /** A path with a tooltip. */
  public Svg path(String css, CharSequence d, String attributes, String title) {
    out.append("<path class=\"").append(css).append("\" d=\"").append(d).append('"');
    return titled(attributes, title, "path");
  }

  /** A rectangle. */
  public Svg rect(String css, double x, double y, double width, double height) {
    rectangle(css, x, y, width, height);
    out.append("/>\n");
    return this;
  }

  /** A rectangle with a tooltip. */
  public Svg rect(
      String css,
      double x,
      double y,
      double width,
      double height,
      String attributes,
      String title) {
    rectangle(css, x, y, width, height);
    return titled(attributes, title, "rect");
  }

  private void rectangle(String css, double x, double y, double width, double height) {
    out.append("<rect class=\"").append(css).append("\" x=\"").append(n(x));
    out.append("\" y=\"").append(n(y)).append("\" width=\"").append(n(width));
    out.append("\" height=\"").append(n(height)).append('"');
  }

  /** A dot with a tooltip. */
  public Svg dot(String css, double x, double y, double radius, String attributes, String title) {
    out.append("<circle class=\"").append(css).append("\" cx=\"").append(n(x));
    out.append("\" cy=\"").append(n(y)).append("\" r=\"").append(n(radius)).append('"');
    return titled(attributes, title, "circle");
  }

  private Svg titled(String attributes, String title, String tag) {
    out.append(attributes.isEmpty() ? "" : " ").append(attributes).append("><title>");
    out.append(Prose.escape(title)).append("</title></").append(tag).append(">\n");
    return this;
  }

  /** Text; the class says where its anchor is, see {@code chart.css}. */
  public Svg text(String css, double x, double y, String text) {
    out.append("<text class=\"").append(css).append("\" x=\"").append(n(x));
    out.append("\" y=\"").append(n(y)).append("\">").append(Prose.escape(text));
    out.append("</text>\n");
    return this;
  }

  /** Begins a group with attributes, as {@code data-p="2"}. */
  public Svg open(String attributes) {
    out.append("<g ").append(attributes).append(">\n");
    return this;
  }

  /** Ends the group. */
  public Svg close() {
    out.append("</g>\n");
    return this;
  }

  /** Adds another drawing unchanged. */
  public Svg add(String drawing) {
    out.append(drawing);
    return this;
  }

  /** Adds another drawing at a different place. */
  public Svg shifted(double dx, double dy, String body) {
    open("transform=\"translate(" + n(dx) + " " + n(dy) + ")\"");
    out.append(body);
    return close();
  }

  @Override
  public String toString() {
    return out.toString();
  }

  /** A coordinate: a tenth of a unit is finer than any screen, and keeps the page small. */
  public static String n(double value) {
    double tenths = Math.abs(value) * 10;
    double whole = Math.rint(tenths);
    if (tenths < MOST_TENTHS && Math.abs(tenths - whole) < SURELY_ROUNDED) {
      return plain(value < 0 ? -(long) whole : (long) whole);
    }
    return BigDecimal.valueOf(value)
        .setScale(1, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String plain(long tenths) {
    long digit = Math.abs(tenths % 10);
    return digit == 0
        ? Long.toString(tenths / 10)
        : (tenths < 0 ? "-" : "") + Math.abs(tenths / 10) + "." + digit;
  }
}
