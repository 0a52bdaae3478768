package shedlab.spec;

/** Text that is not a valid spec; the message is {@code key: value (expected: rule)}. */
public final class SpecException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The wrong {@code value} of {@code key}, and the rule it breaks. */
  public SpecException(String key, Object value, String rule) {
    super(key + ": " + value + " (expected: " + rule + ")");
  }
}
