package shedlab.servers.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Shed;
import shedlab.retry.RetryAfter;
import shedlab.servers.host.ServerConfig;
import shedlab.servers.http.DatedMessage;
import shedlab.servers.http.HttpDate;
import shedlab.spec.SpecException;

/**
 * A reply: the same bytes on every server. Immutable. An adapter adds the content length, the date,
 * and what HTTP asks for on the connection, unless it can send the reply {@link #encoded}.
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

  /** By reason and seconds; each is made when it is first needed. */
  private static final Reply[][] SHED =
      new Reply[Shed.values().length][RetryAfter.MOST_SECONDS + 1];

  private final Status status;
  private final byte[] body;
  private final List<Field> fields;
  private final boolean closing;
  private final @Nullable DatedMessage encoded;

  private Reply(Status status, String body, boolean closing, Field... fields) {
    this.status = status;
    this.body = body.getBytes(UTF_8);
    this.closing = closing;
    this.fields = List.copyOf(Arrays.asList(fields));
    this.encoded = status == Status.TOO_MANY_REQUESTS ? encode(this.fields, body) : null;
  }

  /** A refusal that tells its client to come back after so many seconds: always the same object. */
  static Reply shed(Shed reason, int seconds) {
    Reply[] bySeconds = SHED[reason.ordinal()];
    Reply made = bySeconds[seconds];
    if (made == null) { // two threads may make two that are equal
      Field why = new Field("Shedlab-Reason", Endpoint.word(reason));
      made = new Reply(Status.TOO_MANY_REQUESTS, "shed\n", false, TEXT, retryAfter(seconds), why);
      bySeconds[seconds] = made;
    }
    return made;
  }

  private static DatedMessage encode(List<Field> fields, String body) {
    StringBuilder before = new StringBuilder("HTTP/1.1 429 Too Many Requests\r\n");
    for (Field field : fields) {
      before.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    before.append("Content-Length: ").append(body.length()).append("\r\nDate: ");
    return new DatedMessage(before.toString(), "\r\n\r\n" + body);
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

  /**
   * The whole reply in one piece, date and length included, as HTTP/1.1 sends it to a method other
   * than HEAD on a connection that is kept. Null for a reply that the server has to encode: only
   * what is shed is sent so often, and only when the server has least time, that it must not be put
   * together each time.
   */
  public @Nullable ByteBuffer encoded() {
    return encoded == null ? null : encoded.now();
  }

  /** The header field {@code Date} of now, for a server that has no clock of its own for it. */
  public static String date() {
    return HttpDate.now();
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
