package shedlab.bench.conformance.raw;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the answers of a connection one by one. Reading one ends, whatever the server sends: by a
 * time for the whole answer, and by a number of bytes.
 */
final class AnswerReader {
  /** Of a status line, headers, sizes of chunks and trailers, together. */
  private static final int MOST_HEAD = 64 << 10;

  private static final int MOST_BODY = 1 << 20;
  private static final int MOST_INTERIM = 100;

  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.([01]) ([1-9]\\d\\d)( .*)?");
  private static final Pattern CHUNK_SIZE = Pattern.compile("([0-9A-Fa-f]{1,7})[ \t]*(;.*)?");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

  private final Socket socket;
  private final InputStream in;
  private final Duration patience;
  private final byte[] buffer = new byte[8 << 10];
  private int at;
  private int filled;
  private int headLeft;
  private long deadline;
  private boolean anything;

  /**
   * Of a connected socket.
   *
   * @param patience the longest time for an answer
   */
  AnswerReader(Socket socket, Duration patience) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.patience = patience;
  }

  /**
   * The next answer that is not an interim one.
   *
   * @param withBody false for the answer to HEAD
   * @throws NoAnswerException if what comes is none
   */
  Answer read(boolean withBody) throws IOException {
    deadline = System.nanoTime() + patience.toNanos();
    anything = at < filled;
    headLeft = MOST_HEAD;
    try {
      for (int i = 0; i < MOST_INTERIM; i++) {
        Answer answer = message(withBody);
        if (answer.status() >= 200) {
          return answer;
        }
      }
      throw new NoAnswerException("more than " + MOST_INTERIM + " interim responses");
    } catch (SocketTimeoutException e) {
      String what = anything ? "an answer that does not end within " : "no answer within ";
      throw new NoAnswerException(what + patience.toMillis() + " ms");
    } catch (SocketException e) {
      throw new NoAnswerException(ended("reset"), true);
    }
  }

  private Answer message(boolean withBody) throws IOException {
    String statusLine = line();
    Matcher status = STATUS_LINE.matcher(statusLine);
    if (!status.matches()) {
      throw new NoAnswerException("not HTTP/1: " + Answer.shown(statusLine));
    }
    int code = Integer.parseInt(status.group(2));
    Map<String, String> headers = headers();
    String coding = headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT);
    String length = headers.getOrDefault("content-length", "");
    boolean bodiless = !withBody || code < 200 || code == 204 || code == 304;
    boolean untilClose = !bodiless && coding.isEmpty() && length.isEmpty();
    String body = bodiless ? "" : coding.isEmpty() ? body(length) : chunks(coding);
    String connection = "," + headers.getOrDefault("connection", "").replaceAll("\\s", "") + ",";
    boolean kept =
        status.group(1).equals("1")
            ? !connection.toLowerCase(Locale.ROOT).contains(",close,")
            : connection.toLowerCase(Locale.ROOT).contains(",keep-alive,");
    return new Answer(code, headers, body, kept && !untilClose);
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new NoAnswerException("not a header: " + Answer.shown(line));
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
    }
    return headers;
  }

  private String body(String length) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (length.isEmpty()) {
      for (int next = next(); next >= 0; next = next()) {
        take(body, next);
      }
    } else {
      if (!LENGTH.matcher(length).matches()) {
        throw new NoAnswerException("Content-Length: " + Answer.shown(length));
      }
      takeAll(body, Long.parseLong(length));
    }
    return body.toString(ISO_8859_1);
  }

  private String chunks(String coding) throws IOException {
    if (!coding.equals("chunked")) {
      throw new NoAnswerException("Transfer-Encoding: " + Answer.shown(coding));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int size = chunkSize();
    while (size > 0) {
      takeAll(body, size);
      if (!line().isEmpty()) {
        throw new NoAnswerException("a chunk that is longer than its size");
      }
      size = chunkSize();
    }
    headers(); // the trailer
    return body.toString(ISO_8859_1);
  }

  private int chunkSize() throws IOException {
    String line = line();
    Matcher size = CHUNK_SIZE.matcher(line);
    if (!size.matches()) {
      throw new NoAnswerException("not the size of a chunk: " + Answer.shown(line));
    }
    return Integer.parseInt(size.group(1), 16);
  }

  private void takeAll(ByteArrayOutputStream body, long bytes) throws IOException {
    if (bytes > MOST_BODY - body.size()) {
      throw new NoAnswerException("a body of more than " + MOST_BODY + " bytes");
    }
    for (long i = 0; i < bytes; i++) {
      take(body, orClosed(next()));
    }
  }

  private static void take(ByteArrayOutputStream body, int next) throws IOException {
    if (body.size() == MOST_BODY) {
      throw new NoAnswerException("a body of more than " + MOST_BODY + " bytes");
    }
    body.write(next);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = orClosed(next()); next != '\n'; next = orClosed(next())) {
      if (--headLeft < 0) {
        throw new NoAnswerException(
            "more than "
                + MOST_HEAD
                + " bytes of headers: "
                + Answer.shown(line.toString(ISO_8859_1)));
      }
      line.write(next);
    }
    headLeft--;
    String text = line.toString(ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private int orClosed(int next) throws IOException {
    if (next < 0) {
      throw new NoAnswerException(ended("closed"), true);
    }
    return next;
  }

  private String ended(String how) {
    return how + (anything ? " in the middle of an answer" : " without an answer");
  }

  /** The next byte; negative at the end. */
  private int next() throws IOException {
    if (at == filled) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new SocketTimeoutException();
      }
      socket.setSoTimeout((int) millis);
      filled = Math.max(0, in.read(buffer));
      at = 0;
      if (filled == 0) {
        return -1;
      }
      anything = true;
    }
    return buffer[at++] & 0xff;
  }

  /** Whether the server closes the connection and sends nothing before. */
  boolean isAtEnd() throws IOException {
    deadline = System.nanoTime() + patience.toNanos();
    try {
      return next() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true; // reset
    }
  }
}
