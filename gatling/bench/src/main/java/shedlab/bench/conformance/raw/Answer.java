package shedlab.bench.conformance.raw;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An answer of HTTP/1.
 *
 * @param headers by their names in lower case; the lines of a repeated one are one list
 * @param kept whether the connection stays open for another request
 */
public record Answer(int status, Map<String, String> headers, String body, boolean kept) {
  private static final int MOST_SHOWN = 80;
  private static final Pattern INVISIBLE = Pattern.compile("[^\\x20-\\x7e]");

  /** A header's value, empty if it is missing. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** For a message: the status and the beginning of the body. */
  public String shown() {
    return (status + " " + shown(body.strip())).strip();
  }

  /** What somebody has sent, as a part of one line: its beginning, without what cannot be seen. */
  public static String shown(String text) {
    String visible = INVISIBLE.matcher(text).replaceAll(".");
    return visible.length() <= MOST_SHOWN ? visible : visible.substring(0, MOST_SHOWN) + "...";
  }
}
