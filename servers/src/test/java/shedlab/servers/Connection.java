package shedlab.servers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A raw client connection: sends bytes as they are given, reads replies one by one. */
final class Connection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  /** A reply; header names in lower case. */
  record Answer(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "(none)");
    }
  }

  private final Socket socket = new Socket();
  private final InputStream in;

  private Connection(int port) throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  static Connection to(int port) throws IOException {
    return new Connection(port);
  }

  static Answer get(int port, String target) throws IOException {
    try (Connection connection = to(port)) {
      return connection.get(target).read();
    }
  }

  static String request(String method, String target, String... fields) {
    StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: test\r\n");
    for (String field : fields) {
      text.append(field).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  Connection get(String target) throws IOException {
    return send(request("GET", target));
  }

  Connection send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    return this;
  }

  /** The next reply, with the body that its length announces. */
  Answer read() throws IOException {
    return read(true);
  }

  /** The next reply; without a body, as to HEAD. */
  Answer readHead() throws IOException {
    return read(false);
  }

  /** The next reply that is not an interim one. */
  Answer readFinal() throws IOException {
    Answer answer = read();
    while (answer.status() < 200) {
      answer = read();
    }
    return answer;
  }

  private Answer read(boolean withBody) throws IOException {
    String statusLine = line();
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = withBody ? new String(in.readNBytes(length), ISO_8859_1) : "";
    return new Answer(Integer.parseInt(statusLine.split(" ", 3)[1]), headers, body);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("closed after: " + line);
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(ISO_8859_1);
  }

  /** True once the server has closed; false if it sends something or nothing for long. */
  boolean isClosedByServer() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // reset
    }
  }

  /** How many bytes are here that have not been read. */
  int available() throws IOException {
    return in.available();
  }

  /** True if nothing comes for so long. */
  boolean isSilentFor(int millis) throws IOException {
    in.mark(1);
    socket.setSoTimeout(millis);
    try {
      in.read();
      in.reset();
      return false;
    } catch (java.net.SocketTimeoutException e) {
      return true;
    } finally {
      socket.setSoTimeout(TIMEOUT_MILLIS);
    }
  }

  /** Sends no more; still reads. */
  void finish() throws IOException {
    socket.shutdownOutput();
  }

  /** Leaves with a reset instead of a farewell. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
