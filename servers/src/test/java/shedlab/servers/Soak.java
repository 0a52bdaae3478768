package shedlab.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.servers.Connection.request;
import static shedlab.servers.Waiting.await;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A saturated server among clients that reset, stop in the middle of a request, send no more, do
 * not read, and reconnect: memory after a collection, memory outside of the heap, descriptors and
 * threads are the same at the end as after a sixth of the time. Not among the tests of every build:
 * {@code make soak}.
 */
final class Soak {
  private static final int CLIENTS = 16;
  private static final int HALF_OPEN_EACH = 8;
  private static final long HEAP_MORE = 2L << 20;
  private static final long RESIDENT_MORE = 32L << 20;
  private static final String JVM = "-Xms96m -Xmx96m -XX:+AlwaysPreTouch";

  private final long seconds = Math.round(60 * Double.parseDouble(minutes()));

  private static String minutes() {
    return System.getProperty("shedlab.soak-minutes", "30");
  }

  /**
   * What a server holds on to when nobody is connected.
   *
   * @param heap bytes of live objects
   * @param resident bytes of memory; the whole heap is part of it from the start
   */
  private record Holding(long heap, long resident, long descriptors, long threads) {
    static Holding of(long pid) throws Exception {
      return new Holding(
          liveHeap(pid),
          1_024 * resident(pid),
          count(Path.of("/proc/" + pid + "/fd")),
          count(Path.of("/proc/" + pid + "/task")));
    }

    private static long count(Path folder) throws IOException {
      try (Stream<Path> entries = Files.list(folder)) {
        return entries.count();
      }
    }

    private static long resident(long pid) throws IOException {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseThrow();
    }

    /** The histogram is made after a collection; its last line has the total. */
    private static long liveHeap(long pid) throws Exception {
      Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
      Process process =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram").start();
      List<String> lines =
          new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
      assertThat(process.waitFor()).isZero();
      return Long.parseLong(lines.get(lines.size() - 1).strip().split(" +", -1)[2]);
    }

    @Override
    public String toString() {
      return "%.1f MB of heap, %.1f MB in all, %d descriptors, %d threads"
          .formatted(heap / 1e6, resident / 1e6, descriptors, threads);
    }
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void holdsOnToNothing(ServerKind kind) throws Exception {
    List<String> limited = List.of("env", "JDK_JAVA_OPTIONS=" + JVM);
    try (ServerProcess server =
        ServerProcess.start(
            limited, kind, "--strategy=fixed:limit=2+fifo:capacity=8,timeout=1s", "--workers=2")) {
      Connection.get(server.port(), "/work?units=1");
      long atRest = sockets(server.process().pid());
      long connectionsBefore = load(server.port(), seconds / 6 + 1, 1);
      Holding early = idle(server, atRest);
      long connections = load(server.port(), seconds - seconds / 6, 2);
      Holding late = idle(server, atRest);
      System.out.printf(
          "%s: %,d connections: %s%n%s: %,d more: %s%n",
          kind, connectionsBefore, early, kind, connections, late);
      assertThat(late.heap()).as("live heap").isLessThan(early.heap() + HEAP_MORE);
      assertThat(late.resident()).as("memory").isLessThan(early.resident() + RESIDENT_MORE);
      assertThat(late.descriptors()).as("descriptors").isLessThanOrEqualTo(early.descriptors() + 2);
      assertThat(late.threads()).as("threads").isLessThanOrEqualTo(early.threads() + 2);
    }
  }

  /** Waits until every request has its decision and every connection is closed, then measures. */
  private static Holding idle(ServerProcess server, long sockets) throws Exception {
    await("nobody is connected, in flight or waiting")
        .until(
            () -> {
              String metrics = Connection.get(server.port(), "/metrics").body();
              return metrics.contains("shedlab_inflight 0\n")
                  && metrics.contains("shedlab_waiting 0\n")
                  && sockets(server.process().pid()) <= sockets + 1;
            });
    assertThat(Connection.get(server.port(), "/metrics").body())
        .as("it was saturated")
        .doesNotContain("shedlab_shed_total{reason=\"full\"} 0\n");
    return Holding.of(server.process().pid());
  }

  /** The listener, what the JVM has for itself, and at times the connection that asks. */
  private static long sockets(long pid) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return open.filter(Soak::isSocket).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  /** Returns how many connections there were. */
  private static long load(int port, long seconds, int seed) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    List<Future<Long>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Random random = new Random(1_000L * seed + i);
      clients.add(threads.submit(() -> misbehave(port, end, random)));
    }
    long connections = 0;
    for (Future<Long> client : clients) {
      connections += client.get();
    }
    threads.shutdown();
    return connections;
  }

  private static long misbehave(int port, long end, Random random) throws Exception {
    Deque<Connection> halfOpen = new ArrayDeque<>();
    long connections = 0;
    while (System.nanoTime() - end < 0) {
      Connection connection = Connection.to(port);
      connections++;
      int way = random.nextInt(10);
      try {
        if (once(connection, way)) {
          halfOpen.add(connection);
        } else {
          connection.close();
        }
        if (halfOpen.size() > HALF_OPEN_EACH) {
          leave(halfOpen.remove(), random);
        }
      } catch (SocketTimeoutException e) {
        throw new AssertionError("no answer to a client of way " + way, e);
      } catch (IOException e) {
        connection.close(); // the server closes some of them first
      }
    }
    for (Connection connection : halfOpen) {
      leave(connection, random);
    }
    return connections;
  }

  private static void leave(Connection connection, Random random) throws IOException {
    if (random.nextBoolean()) {
      connection.reset();
    } else {
      connection.close();
    }
  }

  /** One client's way with a connection; true if it is left open. */
  private static boolean once(Connection connection, int way) throws IOException {
    String work = request("GET", "/work?units=2000");
    switch (way) {
      case 0 -> connection.send(work).reset();
      case 1 -> connection.send(work + work + work).reset();
      case 2 -> connection.send(work + work).close();
      case 3 -> {
        connection.send(work).finish();
        connection.readFinal();
      }
      case 4 -> {
        connection.send(work).finish();
        connection.reset();
      }
      case 5 -> {
        connection.send("GET /work HTTP/1.1\r\nHo");
        return true;
      }
      case 6 -> {
        connection.send(request("GET", "/work", "Content-Length: 9") + "half");
        return true;
      }
      case 7 -> {
        connection.send(request("GET", "/work", "Transfer-Encoding: chunked") + "zz\r\n");
        connection.read();
      }
      case 8 -> connection.send(request("POST", "/reset")).read();
      default -> {
        for (int i = 0; i < 20; i++) {
          connection.send(work).read();
        }
      }
    }
    return false;
  }
}
