package shedlab.bench.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import shedlab.bench.conformance.raw.Answer;
import shedlab.bench.conformance.raw.Connection;
import shedlab.bench.host.HostException;

/**
 * What came back to requests that were sent at once, each over a connection of its own.
 *
 * @param units of each request
 * @param replies one for each request
 * @param refused those of them that say no
 * @param health what came back to a request for the target's health, sent behind all others
 * @param counted by how much the target's own counts grew; null if they cannot be read
 */
record Burst(
    int units, List<Reply> replies, List<Reply> refused, Reply health, @Nullable Counts counted) {
  private static final int OK = 200;

  /** Of a thread that reads one answer. */
  private static final long STACK = 256 << 10;

  /**
   * What came back to a request.
   *
   * @param answer null if none came
   * @param problem what came instead of one; empty if one came
   * @param nanos from when the burst began
   */
  record Reply(@Nullable Answer answer, String problem, long nanos) {
    boolean isDone() {
      return answer != null && answer.status() == OK;
    }

    /** For a message. */
    String shown() {
      return answer == null ? Answer.shown(problem) : answer.shown();
    }
  }

  /** Sends it. */
  static Burst of(Tried target, int size, int units) {
    Metrics before = Counts.now(target);
    ExecutorService clients = clients();
    List<Client> opened = new ArrayList<>();
    try {
      // One more, for the health.
      opened.addAll(
          IntStream.rangeClosed(0, size)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> Client.of(target), clients))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList());
      String work = target.get(target.work(units));
      String health = target.get(target.paths().health());
      long begin = System.nanoTime();
      List<CompletableFuture<Reply>> asked = new ArrayList<>();
      for (Client client : opened) {
        String problem = client.send(asked.size() < size ? work : health);
        asked.add(CompletableFuture.supplyAsync(() -> client.read(problem, begin), clients));
      }
      List<Reply> all = asked.stream().map(CompletableFuture::join).toList();
      List<Reply> replies = all.subList(0, size);
      Counts counted = before == null ? null : Counts.since(before, target, size);
      return new Burst(units, replies, refused(target, replies), all.get(size), counted);
    } finally {
      opened.forEach(Client::close);
      clients.shutdownNow();
    }
  }

  private static ExecutorService clients() {
    return Executors.newCachedThreadPool(
        task -> {
          Thread client = new Thread(null, task, "shedlab-client", STACK);
          client.setDaemon(true);
          return client;
        });
  }

  private static List<Reply> refused(Tried target, List<Reply> replies) {
    return replies.stream()
        .filter(reply -> reply.answer != null && target.refuses(reply.answer))
        .toList();
  }

  /** Those that were answered with 200. */
  List<Reply> done() {
    return replies.stream().filter(Reply::isDone).toList();
  }

  List<Reply> unanswered() {
    return replies.stream().filter(reply -> reply.answer == null).toList();
  }

  /** When the last work was done, in nanoseconds from the beginning; 0 if none was. */
  long worked() {
    return done().stream().mapToLong(Reply::nanos).max().orElse(0);
  }

  /**
   * A connection, or why there is none.
   *
   * @param problem empty if there is one
   */
  private record Client(@Nullable Connection connection, String problem) {
    static Client of(Tried target) {
      try {
        return new Client(target.connect(target.bounds().burst()), "");
      } catch (IOException e) {
        return new Client(null, "no connection: " + HostException.reason(e));
      }
    }

    /** Why it could not be sent; empty if it was. */
    String send(String request) {
      if (connection == null) {
        return problem;
      }
      try {
        connection.send(request);
        return "";
      } catch (IOException e) {
        return HostException.reason(e);
      }
    }

    Reply read(String unsent, long begin) {
      if (connection == null || !unsent.isEmpty()) {
        return new Reply(null, unsent, 0);
      }
      try {
        Answer answer = connection.read();
        return new Reply(answer, "", System.nanoTime() - begin);
      } catch (IOException e) {
        return new Reply(null, HostException.reason(e), System.nanoTime() - begin);
      }
    }

    void close() {
      if (connection != null) {
        connection.close();
      }
    }
  }
}
