package shedlab.spec;

/** A value that breaks its rule; the message is {@code key: value (expected: rule)}. */
public final class SpecException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The wrong {@code value} of {@code key}, and the rule it breaks. */
  public SpecException(String key, Object value, String rule) {
    super(message(key, value, rule));
  }

  /** How every such message is written, for those that are printed and not thrown. */
  public static String message(String key, Object value, String rule) {
    return key + ": " + value + " (expected: " + rule + ")";
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
