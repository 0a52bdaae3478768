package shedlab.servers.host;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a client learns that its request is shed. */
public enum RefuseWith {
  /** By a reply, with the reason and when to come back. */
  STATUS("429"),
  /** HTTP/2: its stream is reset with REFUSED_STREAM (RFC 9113, 8.7), which tells nothing more. */
  RESET("reset"),
  /**
   * A new connection is closed when it is accepted, before a TLS handshake, while the gate refuses;
   * requests on connections that are open get a 429.
   */
  CONNECTION("connection");

  private final String text;

  RefuseWith(String text) {
    this.text = text;
  }

  /** The constant of this text; null if there is none. */
  public static @Nullable RefuseWith of(String text) {
    return Arrays.stream(values()).filter(one -> one.text.equals(text)).findFirst().orElse(null);
  }

  /** What {@link #of} takes. */
  public static String rule() {
    return "one of "
        + Arrays.stream(values()).map(RefuseWith::toString).collect(Collectors.joining(", "));
  }

  /** As options and results write it. */
  @Override
  public String toString() {
    return text;
  }
}
