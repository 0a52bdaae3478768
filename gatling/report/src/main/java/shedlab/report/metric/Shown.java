package shedlab.report.metric;

/**
 * A column of a table of the report that shows a metric.
 *
 * @param title of the column
 * @param digits after the decimal point; {@link #AUTO} for the unit's usual number
 * @param none the text in a row that has figures but not this one; empty for a dash
 */
public record Shown(View view, String title, int digits, String none) {
  /** With the unit's usual number of digits. */
  public static final int AUTO = -1;

  static Shown column(View view, String title) {
    return new Shown(view, title, AUTO, "");
  }

  /** The same with this number of digits. */
  Shown digits(int wanted) {
    return new Shown(view, title, wanted, none);
  }

  /** The same with a word for a missing figure. */
  Shown orElse(String word) {
    return new Shown(view, title, digits, word);
  }
}
