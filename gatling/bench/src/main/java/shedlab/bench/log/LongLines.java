package shedlab.bench.log;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import shedlab.spec.SpecException;

/**
 * The lines of a file of any size, one at a time; of a file that ends in {@code .gz}, unpacked.
 * What is beyond 16 KiB of a line is dropped. Not thread-safe.
 */
final class LongLines implements Closeable {
  private static final int MOST = 16 * 1024;
  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final byte[] line = new byte[MOST];
  private final byte[] buffer = new byte[BUFFER];
  private int next;
  private int filled;

  private LongLines(InputStream in) {
    this.in = in;
  }

  /**
   * Opens a file.
   *
   * @param key the option that named it
   * @throws SpecException if it cannot be read
   */
  static LongLines of(String key, Path file) {
    SpecException.check(!Files.isDirectory(file), key, file, "a readable file");
    try {
      InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
      boolean packed = file.toString().endsWith(".gz");
      return new LongLines(packed ? new GZIPInputStream(raw, BUFFER) : raw);
    } catch (IOException e) {
      throw new SpecException(key, file, "a readable file");
    }
  }

  /** The next line without its end; null after the last. */
  @Nullable String next() throws IOException {
    int length = 0;
    boolean any = false;
    for (int b = read(); b >= 0; b = read()) {
      any = true;
      if (b == '\n') {
        break;
      }
      if (length < MOST) {
        line[length++] = (byte) b;
      }
    }
    if (!any) {
      return null;
    }
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    return new String(line, 0, length, StandardCharsets.UTF_8);
  }

  private int read() throws IOException {
    if (next == filled) {
      filled = in.read(buffer);
      next = 0;
      if (filled <= 0) {
        filled = 0;
        return -1;
      }
    }
    return buffer[next++] & 0xff;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
