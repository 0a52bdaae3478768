package shedlab.spec;

import java.util.regex.Pattern;

/** A value that breaks its rule; the message is {@code key: value (expected: rule)}. */
public final class SpecException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Controls, marks of direction and byte order, line ends, and blanks that are not the blank. */
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Zs}&&[^ ]]");

  /** The wrong {@code value} of {@code key}, and the rule it breaks. */
  public SpecException(String key, Object value, String rule) {
    super(message(key, value, rule));
  }

  private SpecException(String message) {
    super(message);
  }

  /** The same mistake, found at a place: {@code place: key: value (expected: rule)}. */
  public SpecException at(String place) {
    return new SpecException(place + ": " + getMessage());
  }

  /**
   * How every such message is written, for those that are printed and not thrown: one line, in
   * which what cannot be seen is written as its code point.
   */
  public static String message(String key, Object value, String rule) {
    return visible(key) + ": " + visible(value.toString()) + " (expected: " + rule + ")";
  }

  private static String visible(String text) {
    if (text.isEmpty()) {
      return "(empty)";
    }
    return INVISIBLE
        .matcher(text)
        .replaceAll(found -> String.format("<U+%04X>", found.group().codePointAt(0)));
  }

  /**
   * Does nothing if {@code ok}.
   *
   * @throws SpecException otherwise
   */
  public static void check(boolean ok, String key, Object value, String rule) {
    if (!ok) {
      throw new SpecException(key, value, rule);
    }
  }
}
