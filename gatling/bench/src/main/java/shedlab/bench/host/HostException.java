package shedlab.bench.host;

import shedlab.spec.SpecException;

/** Something could not be started, reached or stopped; the message is one line for the user. */
public final class HostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A message that another program or a {@link SpecException} has written already. */
  public HostException(String message) {
    super(message);
  }

  /** The same, with what caused it. */
  public HostException(String message, Throwable cause) {
    super(message, cause);
  }

  /** {@code key: value (expected: rule)}. */
  public HostException(String key, Object value, String rule) {
    super(SpecException.message(key, value, rule));
  }

  /** The same, with what caused it. */
  public HostException(String key, Object value, String rule, Throwable cause) {
    super(SpecException.message(key, value, rule), cause);
  }

  /** For a wait that somebody has ended; interrupts the calling thread again. */
  public static HostException interrupted(String what, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new HostException(what, "interrupted", "to be waited for", cause);
  }

  /** What an exception says; its name if it says nothing, as a refused connection does. */
  public static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
