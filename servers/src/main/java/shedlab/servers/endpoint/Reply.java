package shedlab.servers.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import shedlab.admission.Shed;
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
  private static final Field RETRY = new Field("Retry-After", "1");

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

  /**
   * No reply: the request's stream of HTTP/2 is reset with REFUSED_STREAM. Only with {@link
   * shedlab.servers.host.RefuseWith#RESET}.
   */
  static final Reply RESET_STREAM = new Reply(Status.TOO_MANY_REQUESTS, "", false);

  static final Reply HEALTHY = new Reply(Status.OK, "ok\n", false, TEXT);
  static final Reply NOT_FOUND = new Reply(Status.NOT_FOUND, "not found\n", false, TEXT);
  static final Reply GET_ONLY = allowing("GET, HEAD");
  static final Reply POST_ONLY = allowing("POST");
  static final Reply RESET = new Reply(Status.NO_CONTENT, "", false);
  static final Reply DRAINING = new Reply(Status.UNAVAILABLE, "draining\n", true, TEXT, RETRY);
  static final Reply BUG = new Reply(Status.INTERNAL_ERROR, "internal error\n", false, TEXT);

  private static final Map<Shed, Reply> SHED = new EnumMap<>(Shed.class);

  static {
    for (Shed reason : Shed.values()) {
      Field why = new Field("Shedlab-Reason", Endpoint.word(reason));
      SHED.put(reason, new Reply(Status.TOO_MANY_REQUESTS, "shed\n", false, TEXT, RETRY, why));
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

  static Reply shed(Shed reason) {
    return SHED.getOrDefault(reason, BUG);
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

  /** Whether the stream is reset instead: then nothing else here counts. */
  public boolean resetsStream() {
    return this == RESET_STREAM;
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
