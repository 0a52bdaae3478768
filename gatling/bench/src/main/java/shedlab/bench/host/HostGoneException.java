package shedlab.bench.host;

import shedlab.spec.SpecException;

/**
 * The host itself is gone, a Docker engine that was stopped: unlike after a {@link HostException},
 * no cell can be measured any more. The message is one line for the user.
 */
public final class HostGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** {@code key: value (expected: rule)}. */
  public HostGoneException(String key, Object value, String rule, Throwable cause) {
    super(SpecException.message(key, value, rule), cause);
  }
}
