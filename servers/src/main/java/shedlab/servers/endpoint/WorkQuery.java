package shedlab.servers.endpoint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shedlab.spec.SpecException;
import shedlab.task.CpuTask;

/** The query of {@code /work}: nothing, or {@code units=N} once. */
final class WorkQuery {
  private static final String KEY = "units=";
  private static final int MOST_DIGITS = 9;
  private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]");
  private static final int LONGEST_ECHO = 64;

  private WorkQuery() {}

  /**
   * The units asked for, or {@code otherwise} if there is no query.
   *
   * @throws IllegalArgumentException {@code key: value (expected: rule)}
   */
  static int units(@Nullable String query, int otherwise) {
    if (query == null || query.isEmpty()) {
      return otherwise;
    }
    if (!query.startsWith(KEY) || query.indexOf('&') >= 0) {
      throw new IllegalArgumentException(
          problem("query", query, "units=N, once, and no other key"));
    }
    String text = query.substring(KEY.length());
    int units = whole(text);
    if (units < 1 || units > CpuTask.MAX_UNITS) {
      throw new IllegalArgumentException(
          problem("units", text, "a whole number from 1 to " + CpuTask.MAX_UNITS));
    }
    return units;
  }

  /** A value as it was before it was put into a query; as it is if that is malformed. */
  static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  /** A number in up to nine digits; -1 for anything else. */
  static int whole(String text) {
    int length = text.length();
    int value = length >= 1 && length <= MOST_DIGITS ? 0 : -1;
    for (int i = 0; i < length && value >= 0; i++) {
      int digit = text.charAt(i) - '0';
      value = digit >= 0 && digit <= 9 ? 10 * value + digit : -1;
    }
    return value;
  }

  /** For a reply: a value that a client sent, shortened and printable. */
  static String problem(String key, String value, String rule) {
    String shown =
        value.length() <= LONGEST_ECHO ? value : value.substring(0, LONGEST_ECHO) + "...";
    return SpecException.message(key, UNPRINTABLE.matcher(shown).replaceAll("?"), rule);
  }
}
