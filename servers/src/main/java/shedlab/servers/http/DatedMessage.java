package shedlab.servers.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * A message that is always the same but for the date in it, ready to be written: it is put together
 * once a second, and in between a message costs two small objects. Any thread.
 */
public final class DatedMessage {
  private record Dated(String date, ByteBuffer bytes) {}

  private final String before;
  private final String after;

  /** Threads that replace it at the same time replace it by the same bytes. */
  private volatile Dated last = new Dated("", ByteBuffer.allocate(0));

  /** A message of these parts, in ASCII, and the date between them. */
  public DatedMessage(String before, String after) {
    this.before = before;
    this.after = after;
  }

  /**
   * The message with the date of now: read-only, outside of the heap, the caller's own position.
   */
  public ByteBuffer now() {
    String date = HttpDate.now();
    Dated dated = last;
    if (!dated.date.equals(date)) {
      byte[] bytes = (before + date + after).getBytes(US_ASCII);
      ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
      dated = new Dated(date, direct.asReadOnlyBuffer());
      last = dated;
    }
    return dated.bytes.duplicate();
  }
}
