package shedlab.injector;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Gatling's own log says of a run: the second witness. The binary format is not documented and
 * may change with any release, so another version than {@link #VERSION} is an error.
 *
 * @param ok requests that passed their checks
 * @param ko requests that did not
 * @param koMessages why, with counts; they add up to {@code ko}
 * @param errors what went wrong outside requests, with counts
 * @param truncated true if the file ends in the middle of a record, as after a crash
 */
record GatlingLog(
    long ok, long ko, Map<String, Long> koMessages, Map<String, Long> errors, boolean truncated) {

  /** The only version whose log is understood. */
  static final String VERSION = "3.15.1";

  private static final int RUN = 0;
  private static final int REQUEST = 1;
  private static final int USER = 2;
  private static final int GROUP = 3;
  private static final int ERROR = 4;
  private static final int LONGEST_STRING = 1 << 20;

  /**
   * Reads a {@code simulation.log}.
   *
   * @throws IOException if it cannot be read, was written by another version or is no such log
   */
  static GatlingLog read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new Reader(new DataInputStream(new BufferedInputStream(in, 1 << 16))).read();
    }
  }

  private static final class Reader {
    private final DataInputStream in;
    private final Map<Integer, String> cache = new HashMap<>();
    private final Map<String, Long> koMessages = new TreeMap<>();
    private final Map<String, Long> errors = new TreeMap<>();
    private long ok;
    private long ko;

    Reader(DataInputStream in) {
      this.in = in;
    }

    GatlingLog read() throws IOException {
      if (in.read() != RUN) {
        throw new IOException("simulation.log: no run record (expected: Gatling " + VERSION + ")");
      }
      readRun();
      boolean truncated = false;
      try {
        for (int kind = in.read(); kind >= 0; kind = in.read()) {
          readRecord(kind);
        }
      } catch (EOFException e) {
        truncated = true;
      }
      return new GatlingLog(ok, ko, koMessages, errors, truncated);
    }

    private void readRun() throws IOException {
      String version = string();
      if (!version.equals(VERSION)) {
        throw new IOException(
            "simulation.log: Gatling " + version + " (expected: Gatling " + VERSION + ")");
      }
      string(); // class
      in.readLong(); // start
      string(); // description
      for (int scenarios = in.readInt(); scenarios > 0; scenarios--) {
        string();
      }
      for (int assertions = in.readInt(); assertions > 0; assertions--) {
        in.skipNBytes(in.readInt());
      }
    }

    private void readRecord(int kind) throws IOException {
      switch (kind) {
        case REQUEST -> readRequest();
        case USER -> in.skipNBytes(Integer.BYTES + Byte.BYTES + Integer.BYTES);
        case GROUP -> {
          groups();
          in.skipNBytes(3 * Integer.BYTES + Byte.BYTES);
        }
        case ERROR -> {
          String message = cachedString();
          in.readInt(); // when
          errors.merge(message, 1L, Long::sum);
        }
        default -> throw new IOException("simulation.log: record " + kind + " (expected: 1 to 4)");
      }
    }

    private void readRequest() throws IOException {
      groups();
      cachedString(); // name
      in.readInt(); // start
      in.readInt(); // end
      boolean passed = in.readBoolean();
      String message = cachedString();
      if (passed) {
        ok++;
      } else {
        ko++;
        koMessages.merge(message, 1L, Long::sum);
      }
    }

    private void groups() throws IOException {
      for (int groups = in.readInt(); groups > 0; groups--) {
        cachedString();
      }
    }

    /** A positive number introduces a string, a negative one repeats it. */
    private String cachedString() throws IOException {
      int index = in.readInt();
      if (index >= 0) {
        String text = string();
        cache.put(index, text);
        return text;
      }
      String text = cache.get(-index);
      if (text == null) {
        throw new IOException("simulation.log: string " + index + " (expected: one seen before)");
      }
      return text;
    }

    /** Bytes as the JVM keeps them, then which of its two codings they are in. */
    private String string() throws IOException {
      int length = in.readInt();
      if (length < 0 || length > LONGEST_STRING) {
        throw new IOException("simulation.log: string of " + length + " bytes (expected: a log)");
      }
      if (length == 0) {
        return "";
      }
      byte[] bytes = in.readNBytes(length);
      int coder = in.read();
      if (bytes.length < length || coder < 0) {
        throw new EOFException();
      }
      // UTF-16 is in the byte order of the machine that wrote it: little-endian on all we run on.
      return new String(
          bytes, coder == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16LE);
    }
  }
}
