package shedlab.bench.run;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import shedlab.bench.control.ServerControl;
import shedlab.bench.host.ControlClient;
import shedlab.bench.host.HostException;
import shedlab.bench.machine.Machine;
import shedlab.bench.targets.TargetServer;
import shedlab.report.raw.ServerCsv;
import shedlab.task.CpuTask;

/**
 * What 1x means on a target: answers per second to as many clients as a server of ours has workers,
 * each of which asks again as soon as it is answered. They keep its CPUs busy and never offer more
 * than it can do, so that a target without a limit does not drown, as it would under a load that
 * goes on whatever is answered.
 */
final class ClosedLoop {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LEAD_IN = Duration.ofSeconds(2);
  private static final long SAMPLE_MILLIS = 100;

  /** How long a client waits that was refused: else its next tries would be the load. */
  private static final long REST_MILLIS = 5;

  private final TargetServer server;
  private final int taskUnits;
  private final String checksum;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  private ClosedLoop(TargetServer server, int taskUnits) {
    this.server = server;
    this.taskUnits = taskUnits;
    this.checksum = String.format(Locale.ROOT, "%016x\n", CpuTask.run(taskUnits));
  }

  /**
   * Measures it.
   *
   * @param clients that ask at a time
   * @param counted how long it counts
   */
  static Capacity capacity(
      TargetServer server, int taskUnits, int clients, List<Integer> cpus, Duration counted) {
    ClosedLoop loop = new ClosedLoop(server, taskUnits);
    Machine.Ticks ticks = Machine.ofThisProcess().ticks(cpus);
    Samples samples = loop.samples(clients, counted);
    double stolen = Machine.ofThisProcess().ticks(cpus).stolenSince(ticks);
    ServerControl.of(server).counts(); // it has lived to the end
    Capacity capacity = Capacity.of(samples, cpus.size());
    return capacity.cpuShare() == null ? capacity : capacity.with(stolen); // else it runs elsewhere
  }

  private Samples samples(int clients, Duration counted) {
    long end = System.nanoTime() + LEAD_IN.plus(counted).toNanos();
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Future<?>> asking = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        asking.add(threads.submit(() -> ask(end)));
      }
      TimeUnit.NANOSECONDS.sleep(LEAD_IN.toNanos());
      Samples samples = new Samples(counts(end));
      for (Future<?> client : asking) {
        client.get();
      }
      requireAnswers();
      return samples;
    } catch (InterruptedException e) {
      throw HostException.interrupted("a calibration", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof HostException known
          ? known
          : new HostException("calibration", HostException.reason(e), "to be measured", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** CPU time from outside, and what the clients have been answered by then. */
  private ServerCsv counts(long end) throws InterruptedException {
    boolean cpu = server.cpuSeconds().isPresent();
    StringBuilder csv = new StringBuilder("epoch_micros,completed,shed");
    csv.append(cpu ? ",cpu_micros\n" : "\n");
    while (System.nanoTime() - end < 0) {
      csv.append(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()))
          .append(',')
          .append(done.get())
          .append(',')
          .append(refused.get());
      if (cpu) {
        csv.append(',').append((long) (server.cpuSeconds().orElse(0) * 1e6));
      }
      csv.append('\n');
      TimeUnit.MILLISECONDS.sleep(SAMPLE_MILLIS);
    }
    return ServerCsv.parse(csv.toString());
  }

  /** One client. */
  private void ask(long end) {
    HttpClient http = ControlClient.connectingWithin(PATIENCE);
    String path = server.target().paths().work(taskUnits);
    HttpRequest request =
        HttpRequest.newBuilder(server.url().resolve(path)).timeout(PATIENCE).build();
    while (System.nanoTime() - end < 0) {
      HttpResponse<String> answer = answer(http, request, path);
      int status = answer.statusCode();
      if (status == 200) {
        requireWork(answer.body(), path);
        done.incrementAndGet();
      } else if (server.target().paths().shed().contains(status)) {
        refused.incrementAndGet();
        rest();
      } else {
        throw new HostException("GET " + path, status, "200, or one of those that say no");
      }
    }
  }

  private void requireWork(String body, String path) {
    if (server.target().paths().checked() && !body.equals(checksum)) {
      String said = body.lines().findFirst().orElse("");
      boolean lineEnd = body.strip().equals(checksum.strip()); // which the message would not show
      throw new HostException(
          "GET " + path + " among others",
          said,
          checksum.strip() + (lineEnd ? " and one newline, 17 bytes" : ""));
    }
  }

  private static HttpResponse<String> answer(HttpClient http, HttpRequest request, String path) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new HostException("GET " + path, HostException.reason(e), "an answer", e);
    } catch (InterruptedException e) {
      throw HostException.interrupted("a client", e);
    }
  }

  private static void rest() {
    try {
      TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
    } catch (InterruptedException e) {
      throw HostException.interrupted("a client", e);
    }
  }

  private void requireAnswers() {
    if (done.get() == 0) {
      throw new HostException(
          "calibration of " + server.target().name(),
          refused.get() + " refusals",
          "a 200 for some of so few clients");
    }
  }
}
