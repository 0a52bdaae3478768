package shedlab.report.raw;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.HdrHistogram.Histogram;
import shedlab.report.file.Place;

/**
 * A histogram as HdrHistogram's log holds it: compressed, in Base64. The library takes what it
 * finds; here a changed letter is an error. Compressed data carry a checksum, which is looked at
 * only when they are read to their end.
 */
final class PackedHistogram {
  private static final String KEY = "Interval_Compressed_Histogram";
  private static final int COOKIE = 0x1c849314;
  private static final int HEADER_BYTES = 8;

  /** Of a histogram that is not packed: more than any of response times takes. */
  private static final int LARGEST = 16 << 20;

  private PackedHistogram() {}

  static Histogram read(Place place, String text) throws IOException {
    try {
      byte[] packed = Base64.getDecoder().decode(text);
      ByteBuffer header = ByteBuffer.wrap(packed);
      if (!Base64.getEncoder().encodeToString(packed).equals(text)
          || packed.length < HEADER_BYTES
          || header.getInt() != COOKIE
          || header.getInt() != packed.length - HEADER_BYTES
          || !whole(packed)) {
        throw place.broken(KEY, text, "a whole histogram");
      }
      return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(packed), 0);
    } catch (DataFormatException | RuntimeException e) {
      throw place.broken(KEY, text, "a whole histogram");
    }
  }

  /** True if the compressed data end where they should, and their checksum holds. */
  private static boolean whole(byte[] packed) throws DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed, HEADER_BYTES, packed.length - HEADER_BYTES);
      byte[] chunk = new byte[8_192];
      long size = 0;
      int read = inflater.inflate(chunk);
      while (read > 0 && size <= LARGEST) {
        size += read;
        read = inflater.inflate(chunk);
      }
      return inflater.finished() && inflater.getRemaining() == 0;
    } finally {
      inflater.end();
    }
  }
}
