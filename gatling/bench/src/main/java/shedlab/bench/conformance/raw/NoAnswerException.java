package shedlab.bench.conformance.raw;

import java.io.IOException;

/** What came is no answer of HTTP/1; the message says what came, in one line. */
public final class NoAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean closed;

  /** For something that is not an answer. */
  public NoAnswerException(String message) {
    super(message);
    this.closed = false;
  }

  /** For a connection that the target has closed. */
  public NoAnswerException(String message, boolean closed) {
    super(message);
    this.closed = closed;
  }

  /** Whether the target has closed the connection. */
  public boolean closed() {
    return closed;
  }
}
