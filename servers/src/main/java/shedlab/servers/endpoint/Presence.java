package shedlab.servers.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * Whether a client that sends no more still reads. The end of its stream looks the same for one
 * that waits for its answer (RFC 9112, 9.6) and for one that has gone; only when something is sent
 * to the latter does its system answer with a reset, and then the next write fails. So an interim
 * response is sent, which every HTTP/1.1 client has to be able to read and ignore (RFC 9110, 15.2):
 * at once, soon after, and then once a second while the request waits. An HTTP/1.0 client must not
 * get one; it is taken to be there until its connection is reset.
 */
public final class Presence {
  private static final ByteBuffer INTERIM =
      ByteBuffer.wrap("HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII)).asReadOnlyBuffer();

  private static final long FIRST_MILLIS = 10;
  private static final long LONGEST_MILLIS = 1_000;

  private Presence() {}

  /** The interim response, to be sent whole and never in the middle of a reply. */
  public static ByteBuffer interim() {
    return INTERIM.duplicate();
  }

  /**
   * The time from one interim response to the next, in ms.
   *
   * @param before the time before the last one, 0 after the first
   */
  public static long pauseMillis(long before) {
    return before == 0 ? FIRST_MILLIS : Math.min(LONGEST_MILLIS, 10 * before);
  }
}
