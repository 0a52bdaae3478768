package shedlab.bench.refusals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import shedlab.bench.control.ServerProbe;
import shedlab.bench.host.ControlClient;
import shedlab.bench.host.HostException;
import shedlab.bench.host.Programs;
import shedlab.bench.outside.ThreadTimes;
import shedlab.task.CpuTask;

/**
 * The one permit of a full server, taken by the longest task there is. Its thread gets what nobody
 * else wants of the CPU (SCHED_IDLE), so that the refusals are measured and not the task; what it
 * still uses is left out of the server's CPU time. It ends with the server.
 */
final class HeldPermit {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LOOK_MILLIS = 20;

  /** The kernel keeps 15 characters of a thread's name. */
  private static final String WORKER = "shedlab-worker";

  private final URI server;
  private final long pid;
  private final ServerProbe probe;
  private final HttpClient http = ControlClient.connectingWithin(Duration.ofSeconds(5));
  private CompletableFuture<HttpResponse<Void>> answer = CompletableFuture.completedFuture(null);
  private List<Long> threads = List.of();

  /** Of a server with a limit of one and one worker; taken by {@link #take}. */
  HeldPermit(URI server, long pid, ServerProbe probe) {
    this.server = server;
    this.pid = pid;
    this.probe = probe;
  }

  /**
   * Takes the permit, unless it is still held.
   *
   * @throws HostException if no task begins
   */
  void take() {
    if (!answer.isDone()) {
      return;
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    do {
      if (answer.isDone()) { // not sent yet, or refused because a last request was being served
        ask();
      }
      pause(end);
    } while (answer.isDone() || probe.metrics().getOrDefault("shedlab_inflight", 0.0) < 1);
    threads = ThreadTimes.named(pid, WORKER);
    while (threads.isEmpty()) { // it gets its name when it runs
      pause(end);
      threads = ThreadTimes.named(pid, WORKER);
    }
    for (long worker : threads) {
      Programs.run(List.of("chrt", "--idle", "--pid", "0", Long.toString(worker)));
    }
  }

  private void ask() {
    URI task = server.resolve("/work?units=" + CpuTask.MAX_UNITS);
    answer =
        http.sendAsync(
            HttpRequest.newBuilder(task).build(), HttpResponse.BodyHandlers.discarding());
  }

  private static void pause(long end) {
    if (System.nanoTime() > end) {
      throw new HostException(
          "the permit", "not taken", "taken within " + PATIENCE.toSeconds() + " s");
    }
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      throw HostException.interrupted("the permit", e);
    }
  }

  /** Those whose CPU time is the task's. */
  List<Long> threads() {
    return threads;
  }
}
