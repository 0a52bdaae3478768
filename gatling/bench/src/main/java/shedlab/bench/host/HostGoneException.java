package shedlab.bench.host;

/**
 * The host itself is gone, a Docker engine that was stopped: unlike after a {@link HostException},
 * no cell can be measured any more. The message is one line for the user.
 */
public final class HostGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HostGoneException(String message, Throwable cause) {
    super(message, cause);
  }
}
