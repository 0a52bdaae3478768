package shedlab.servers.endpoint;

/** The status codes of the contract. */
public enum Status {
  /** Work done. */
  OK(200),
  /** Done; there is no body. */
  NO_CONTENT(204),
  /** A query or a message that breaks the rules. */
  BAD_REQUEST(400),
  /** An unknown path. */
  NOT_FOUND(404),
  /** A method that the path does not know. */
  METHOD_NOT_ALLOWED(405),
  /** Not now: a request is in flight or waiting. */
  CONFLICT(409),
  /** A request body over the limit. */
  CONTENT_TOO_LARGE(413),
  /** An expectation other than {@code 100-continue}. */
  EXPECTATION_FAILED(417),
  /** Shed. */
  TOO_MANY_REQUESTS(429),
  /** A request line or header fields over the limit. */
  HEADERS_TOO_LARGE(431),
  /** A bug in the task. */
  INTERNAL_ERROR(500),
  /** A transfer coding other than chunked. */
  NOT_IMPLEMENTED(501),
  /** Draining before shutdown. */
  UNAVAILABLE(503);

  private final int code;

  Status(int code) {
    this.code = code;
  }

  /** The three digits. */
  public int code() {
    return code;
  }
}
