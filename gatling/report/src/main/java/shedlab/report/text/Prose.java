package shedlab.report.text;

import java.util.List;
import java.util.regex.Pattern;

/** Generated sentences: plain text in which backticks mark code, as in Markdown. */
public final class Prose {
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");

  /** Between a number and its unit, which stay together. */
  private static final Pattern BEFORE_UNIT = Pattern.compile("(?<=\\d) (?=(%|ms|s|pp)(\\W|$))");

  private Prose() {}

  /** As HTML. */
  public static String html(String text) {
    String html = CODE.matcher(escape(text)).replaceAll("<code>$1</code>");
    return BEFORE_UNIT.matcher(html).replaceAll("\u00a0");
  }

  /** As the text of an element or an attribute. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** The name of a variant; the plain one has a name, too. */
  public static String variant(String name) {
    return name.isEmpty() ? "plain" : name;
  }

  /** {@code a}, {@code a and b}, {@code a, b and c}. */
  public static String list(List<String> items) {
    int last = items.size() - 1;
    return last <= 0
        ? String.join("", items)
        : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
  }

  /** A number with its noun. */
  public static String count(long count, String singular) {
    return count + " " + (count == 1 ? singular : plural(singular));
  }

  private static String plural(String singular) {
    return singular.endsWith("y")
        ? singular.substring(0, singular.length() - 1) + "ies"
        : singular + "s";
  }

  /** One number or a range, from two texts that end in the same unit: {@code 1–8 %}. */
  public static String range(String from, String to) {
    if (from.equals(to)) {
      return from;
    }
    int unit = from.indexOf(' ');
    boolean same = unit > 0 && to.endsWith(from.substring(unit));
    return (same ? from.substring(0, unit) : from) + "–" + to;
  }
}
