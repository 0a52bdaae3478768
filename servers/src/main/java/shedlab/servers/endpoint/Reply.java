package shedlab.servers.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import shedlab.admission.Shed;
import shedlab.retry.RetryAfter;
import shedlab.servers.host.ServerConfig;
import shedlab.spec.SpecException;

/**
 * A reply: the same bytes on every server. Immutable. An adapter adds the content length, the date,
 * and what HTTP asks for on the connection.
 */
public final class Reply {
  /** A header field. */
  public record Field(String name, String value) {}

  private static final Field TEXT = new Field("Content-Type", "text/plain");
  private static final Field PROMETHEUS =
      new Field("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  private static final Field RETRY = retryAfter(1);

  /** The body is over {@link ServerConfig#MAX_BODY_BYTES}. */
  public static final Reply CONTENT_TOO_LARGE =
      new Reply(
          Status.CONTENT_TOO_LARGE,
          SpecException.message(
                  "body", "too large", "at most " + ServerConfig.MAX_BODY_BYTES + " bytes")
              + "\n",
          true,
          TEXT);

  /** The message is malformed. Without a body, as the servers' own parsers answer it. */
  public static final Reply MALFORMED = new Reply(Status.BAD_REQUEST, "", true);

  /** It asks for a transfer coding other than chunked; nobody knows where its body ends. */
  public static final Reply NOT_IMPLEMENTED = new Reply(Status.NOT_IMPLEMENTED, "", true);

  /** It expects something other than to be asked for its body. */
  public static final Reply EXPECTATION_FAILED = new Reply(Status.EXPECTATION_FAILED, "", true);

  /** A tunnel would begin behind it, so the connection is closed. */
  static final Reply NO_TUNNEL = new Reply(Status.NOT_FOUND, "not found\n", true, TEXT);

  /** The header section is over {@link ServerConfig#MAX_HEADER_BYTES}. */
  public static final Reply HEADERS_TOO_LARGE = new Reply(Status.HEADERS_TOO_LARGE, "", true);

  static final Reply HEALTHY = new Reply(Status.OK, "ok\n", false, TEXT);
  static final Reply NOT_FOUND = new Reply(Status.NOT_FOUND, "not found\n", false, TEXT);
  static final Reply GET_ONLY = allowing("GET, HEAD");
  static final Reply POST_ONLY = allowing("POST");
  static final Reply RESET = new Reply(Status.NO_CONTENT, "", false);
  static final Reply DRAINING = new Reply(Status.UNAVAILABLE, "draining\n", true, TEXT, RETRY);
  static final Reply BUG = new Reply(Status.INTERNAL_ERROR, "internal error\n", false, TEXT);

  /** By reason and seconds. */
  private static final Reply[][] SHED =
      new Reply[Shed.values().length][RetryAfter.MOST_SECONDS + 1];

  static {
    for (Shed reason : Shed.values()) {
      Field why = new Field("Shedlab-Reason", Endpoint.word(reason));
      for (int seconds = RetryAfter.LEAST_SECONDS; seconds <= RetryAfter.MOST_SECONDS; seconds++) {
        SHED[reason.ordinal()][seconds] =
            new Reply(Status.TOO_MANY_REQUESTS, "shed\n", false, TEXT, retryAfter(seconds), why);
      }
    }
  }

  private final Status status;
  private final byte[] body;
  private final List<Field> fields;
  private final boolean closing;

  private Reply(Status status, String body, boolean closing, Field... fields) {
    this.status = status;
    this.body = body.getBytes(UTF_8);
    this.closing = closing;
    this.fields = List.copyOf(Arrays.asList(fields));
  }

  /** A refusal that tells its client to come back after so many seconds. */
  static Reply shed(Shed reason, int seconds) {
    return SHED[reason.ordinal()][seconds];
  }

  private static Field retryAfter(int seconds) {
    return new Field("Retry-After", Integer.toString(seconds));
  }

  private static Reply allowing(String methods) {
    return new Reply(
        Status.METHOD_NOT_ALLOWED,
        "method not allowed\n",
        false,
        TEXT,
        new Field("Allow", methods));
  }

  static Reply busy(long underWay) {
    String problem =
        WorkQuery.problem("reset", underWay + " under way", "nothing in flight or waiting");
    return new Reply(Status.CONFLICT, problem + "\n", false, TEXT);
  }

  static Reply badRequest(String problem) {
    return new Reply(Status.BAD_REQUEST, problem + "\n", false, TEXT);
  }

  static Reply metrics(String text) {
    return new Reply(Status.OK, text, false, PROMETHEUS);
  }

  static Reply done(long checksum, long waitedNanos, long elapsedNanos, int limit, int inflight) {
    String hex = Long.toHexString(checksum);
    return new Reply(
        Status.OK,
        "0".repeat(16 - hex.length()) + hex + "\n",
        false,
        TEXT,
        new Field("Shedlab-Queue-Delay", Long.toString(waitedNanos / 1_000)),
        new Field("Shedlab-Service-Time", Long.toString(elapsedNanos / 1_000)),
        new Field("Shedlab-Limit", Integer.toString(limit)),
        new Field("Shedlab-Inflight", Integer.toString(inflight)));
  }

  /** The status. */
  public Status status() {
    return status;
  }

  /** The body; not to be changed. A reply to HEAD has its length but not its bytes. */
  public byte[] body() {
    return body;
  }

  /** False for a status that has neither a body nor a content length (RFC 9110, 8.6). */
  public boolean hasBody() {
    return status != Status.NO_CONTENT;
  }

  /** The header fields, in the order to send. */
  public List<Field> fields() {
    return fields;
  }

  /** True if the connection must be closed after it, with {@code Connection: close}. */
  public boolean closing() {
    return closing;
  }
}
