package shedlab.report.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file, one after the other, so that a file of any size takes little memory.
 * Lines end with LF; CRLF of earlier versions is read as well.
 */
public final class Lines implements Closeable {
  /** More bytes than any line that is written. */
  private static final int LONGEST = 1 << 20;

  private static final int CHUNK = 1 << 13;

  private static final char REPLACEMENT = '\uFFFD';

  private final InputStream in;
  private final String name;
  private final byte[] chunk = new byte[CHUNK];
  private int from;
  private int to;
  private int number;
  private boolean torn;

  private Lines(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  /** Those of a file. */
  public static Lines of(Path file) throws IOException {
    return new Lines(Files.newInputStream(file), file.toString());
  }

  /** Those of a text that has a name in messages. */
  public static Lines of(String text, String name) {
    return new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), name);
  }

  /**
   * The next line without its end; null after the last. A last line that has no end is returned,
   * and {@link #torn} tells.
   *
   * @throws IOException that names the line, if it is too long or not UTF-8
   */
  public @Nullable String next() throws IOException {
    if (!isMore()) {
      return null;
    }
    number++;
    var line = new ByteArrayOutputStream();
    torn = true;
    while (torn && isMore()) {
      int end = from;
      while (end < to && chunk[end] != '\n') {
        end++;
      }
      if (line.size() + end - from > LONGEST) {
        throw place().broken("line", "too long", "at most " + LONGEST + " bytes");
      }
      line.write(chunk, from, end - from);
      torn = end == to;
      from = torn ? to : end + 1;
    }
    String text = line.toString(StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      check(line.toByteArray());
    }
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /**
   * Fails if the line is not UTF-8: a lenient decoder puts U+FFFD there, which may be text, too.
   */
  private void check(byte[] line) throws IOException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
    } catch (CharacterCodingException e) {
      throw place().broken("line", "other bytes", "UTF-8");
    }
  }

  /** Reads on if all of the chunk is used; false at the end. */
  private boolean isMore() throws IOException {
    if (from == to) {
      from = 0;
      to = Math.max(0, in.read(chunk, 0, CHUNK));
    }
    return from < to;
  }

  /** The same; a last line that has no end is broken: the rest of the file is missing. */
  public @Nullable String nextWhole() throws IOException {
    String line = next();
    if (line != null && torn) {
      throw place().broken("line", line, "the end of a line: the file is truncated");
    }
    return line;
  }

  /** True if the line that was read last has no end. */
  public boolean torn() {
    return torn;
  }

  /** Where the line is that was read last. */
  public Place place() {
    return new Place(name, number);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
