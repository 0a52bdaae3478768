package shedlab.bench.host;

/** Something could not be started, reached or stopped; the message is one line for the user. */
public final class HostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** {@code key: value (expected: rule)}, or one sentence. */
  public HostException(String message) {
    super(message);
  }

  /** The same, with what caused it. */
  public HostException(String message, Throwable cause) {
    super(message, cause);
  }
}
