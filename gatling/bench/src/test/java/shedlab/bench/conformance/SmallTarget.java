package shedlab.bench.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import shedlab.task.CpuTask;

/**
 * A small server that keeps every rule, with a thread for each connection and two permits. A test
 * breaks one thing of it.
 */
class SmallTarget implements AutoCloseable {
  /** The units of a request that names none. */
  static final int TASK_UNITS = 20;

  private static final int PERMITS = 2;
  private static final int LONGEST_LINE = 8_000;

  private final ServerSocket listening;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Semaphore permits = new Semaphore(PERMITS);
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong completed = new AtomicLong();
  private final AtomicLong shed = new AtomicLong();

  SmallTarget() throws IOException {
    listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  private void accept() {
    try {
      while (!listening.isClosed()) {
        Socket socket = listening.accept();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      // The target is closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (answer(in, socket.getOutputStream())) {
        // the next request of this connection
      }
    } catch (IOException e) {
      // This client has left.
    }
  }

  /** Answers a request; false if the connection ends with it. */
  boolean answer(InputStream in, OutputStream out) throws IOException {
    String line = line(in);
    if (line.isEmpty()) {
      return false;
    }
    String[] words = line.split(" ", -1);
    if (words.length != 3 || line.length() >= LONGEST_LINE) {
      reply(out, 400, "not a request\n", "Connection: close");
      return false;
    }
    boolean kept = words[2].equals("HTTP/1.1");
    long length = 0;
    for (String field = line(in); !field.isEmpty(); field = line(in)) {
      kept &= !field.equalsIgnoreCase("Connection: close");
      if (field.startsWith("Content-Length: ")) {
        length = Long.parseLong(field.substring(16));
      }
    }
    in.skipNBytes(length);
    answer(words[0], words[1], out);
    return kept;
  }

  private void answer(String method, String path, OutputStream out) throws IOException {
    if (method.equals("HEAD")) {
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n".getBytes(ISO_8859_1));
    } else if (path.equals("/healthz")) {
      reply(out, 200, "ok\n");
    } else if (path.equals("/metrics")) {
      reply(out, 200, metrics());
    } else if (path.matches("/work(\\?units=\\d{1,7})?")) {
      int units = path.equals("/work") ? TASK_UNITS : Integer.parseInt(path.substring(12));
      if (units == 0) {
        reply(out, 400, "units: 0 (expected: 1 or more)\n");
      } else {
        work(units, out);
      }
    } else {
      reply(out, path.startsWith("/work?") ? 400 : 404, "no such thing\n");
    }
  }

  private void work(int units, OutputStream out) throws IOException {
    received.incrementAndGet();
    if (admits()) {
      long checksum;
      try {
        checksum = task(units);
      } finally {
        permits.release();
      }
      completed.incrementAndGet();
      reply(
          out,
          200,
          body(checksum),
          "Shedlab-Queue-Delay: 0",
          "Shedlab-Service-Time: 1",
          "Shedlab-Limit: 2",
          "Shedlab-Inflight: 1");
    } else {
      shed.incrementAndGet();
      refuse(out);
    }
  }

  String body(long checksum) {
    return String.format(Locale.ROOT, "%016x\n", checksum);
  }

  boolean admits() {
    return permits.tryAcquire();
  }

  long task(int units) {
    return CpuTask.run(units);
  }

  void refuse(OutputStream out) throws IOException {
    reply(out, 429, "shed\n", "Retry-After: 1", "Shedlab-Reason: limit");
  }

  private String metrics() {
    return "# all of them\nshedlab_received_total "
        + received
        + "\nshedlab_admitted_total "
        + completed
        + "\nshedlab_completed_total "
        + completed
        + "\nshedlab_shed_total{reason=\"limit\"} "
        + shed
        + "\nshedlab_shed_total{reason=\"full\"} 0\n";
  }

  static void reply(OutputStream out, int status, String body, String... fields)
      throws IOException {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " X\r\n");
    for (String field : fields) {
      text.append(field).append("\r\n");
    }
    text.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    out.write(text.toString().getBytes(ISO_8859_1));
  }

  /** A line without its end, or the beginning of one that is too long. */
  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.write(next);
      }
      if (line.size() == LONGEST_LINE) {
        break;
      }
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
