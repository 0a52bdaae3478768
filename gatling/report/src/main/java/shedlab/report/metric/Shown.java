package shedlab.report.metric;

/**
 * A column of a table of the report that shows a metric.
 *
 * @param title of the column
 * @param digits after the point; {@link #AUTO} for what the unit usually gets
 * @param none what stands where a row with figures lacks this one; empty for a dash
 */
public record Shown(View view, String title, int digits, String none) {
  /** As many digits as the unit usually gets. */
  public static final int AUTO = -1;

  static Shown column(View view, String title) {
    return new Shown(view, title, AUTO, "");
  }

  /** The same with so many digits. */
  Shown digits(int wanted) {
    return new Shown(view, title, wanted, none);
  }

  /** The same with a word where there is no figure. */
  Shown orElse(String word) {
    return new Shown(view, title, digits, word);
  }
}
