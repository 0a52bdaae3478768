package shedlab.bench.conformance.raw;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * A raw client connection: sends bytes as they are given, reads answers one by one. Reading one
 * ends, whatever the server sends: by a time for the whole answer, and by a number of bytes.
 */
public final class Connection implements AutoCloseable {
  private final Socket socket = new Socket(Proxy.NO_PROXY);
  private final OutputStream out;
  private final AnswerReader reader;

  /**
   * Opens one.
   *
   * @param patience the longest wait for the connection, and for each answer
   * @throws IOException if it cannot be opened
   */
  public Connection(URI server, Duration patience) throws IOException {
    try {
      int port = server.getPort() < 0 ? 80 : server.getPort();
      socket.connect(new InetSocketAddress(server.getHost(), port), (int) patience.toMillis());
      socket.setTcpNoDelay(true);
      reader = new AnswerReader(socket, patience);
      out = socket.getOutputStream();
    } catch (IOException e) {
      socket.close();
      throw e instanceof UnknownHostException
          ? new NoAnswerException("no such host: " + server.getHost())
          : e;
    }
  }

  /** The bytes of a request; {@code fields} are lines of headers. */
  public static String request(URI server, String method, String target, String... fields) {
    StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: ");
    text.append(server.getRawAuthority()).append("\r\n");
    for (String field : fields) {
      text.append(field).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  /** Sends a few bytes: what the socket's buffer holds, so that it does not block. */
  public Connection send(String bytes) throws IOException {
    out.write(bytes.getBytes(ISO_8859_1));
    return this;
  }

  /**
   * Sends many bytes while this thread goes on: the server may not take them. Ends when they are
   * sent, or when the connection is closed.
   */
  public Connection sendMeanwhile(String bytes) {
    Thread sending =
        new Thread(
            () -> {
              try {
                out.write(bytes.getBytes(ISO_8859_1));
              } catch (IOException e) {
                // The server has closed, or this side has: the answer tells.
              }
            },
            "shedlab-sending");
    sending.setDaemon(true);
    sending.start();
    return this;
  }

  /**
   * The next answer that is not an interim one, with its body.
   *
   * @throws NoAnswerException if what comes is none
   */
  public Answer read() throws IOException {
    return reader.read(true);
  }

  /** The same without a body, as to HEAD. */
  public Answer readHead() throws IOException {
    return reader.read(false);
  }

  /** Whether the server closes the connection and sends nothing before. */
  public boolean isClosedByServer() throws IOException {
    return reader.isAtEnd();
  }

  /** Sends no more; still reads. */
  public void finish() throws IOException {
    socket.shutdownOutput();
  }

  /** Leaves with a reset instead of a farewell. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Nobody waits for it any more.
    }
  }
}
