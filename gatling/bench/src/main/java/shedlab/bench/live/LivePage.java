package shedlab.bench.live;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import shedlab.bench.experiment.TimeLeft;
import shedlab.bench.live.LiveState.Finished;
import shedlab.bench.live.LiveState.Load;
import shedlab.bench.run.Progress;
import shedlab.report.Document;
import shedlab.report.chart.Theme;
import shedlab.report.raw.Floor;
import shedlab.report.result.CellResult;
import shedlab.spec.SpecException;

/**
 * Shows a run in a browser while it goes on: a page on loopback, kept up to date by server-sent
 * events. It polls nothing, least of all the server under test: it shows what the injector reports
 * to the runner anyway, and the figures of finished cells.
 *
 * <p>The runner's thread only sets the newest state. Threads of the lowest priority, which inherit
 * the CPUs that this JVM is pinned to, render and send it; a slow viewer misses states and delays
 * nobody.
 */
public final class LivePage implements Progress, AutoCloseable {
  private static final int MOST_VIEWERS = 8;
  private static final Duration SILENCE = Duration.ofSeconds(5);
  private static final Duration LAST_STATE_WITHIN = Duration.ofSeconds(5);
  private static final JsonMapper JSON = new JsonMapper();

  private final ExecutorService threads = Executors.newCachedThreadPool(Nice::daemon);
  private final Semaphore viewers = new Semaphore(MOST_VIEWERS);
  private final HttpServer server;

  // Guarded by this.
  private String question = "";
  private IntSupplier total = () -> 0;
  private TimeLeft timeLeft = new TimeLeft(cells -> Duration.ZERO, 0);
  private long startNanos = System.nanoTime();
  private final List<Finished> finished = new ArrayList<>();
  private long version;
  private int done;
  private Floor floor = Floor.NOT_MEASURED;
  private String phase = "starting";
  private shedlab.report.raw.@Nullable Progress report;
  private @Nullable Load load;
  private boolean ended;
  private @Nullable String page;

  /**
   * Serves at once, on 127.0.0.1 alone.
   *
   * @param port 0 for any free one
   * @throws IOException if the port is taken
   */
  public LivePage(int port) throws IOException {
    try {
      // On a thread of the lowest priority, which every thread of the server inherits.
      server = CompletableFuture.supplyAsync(() -> serve(port), threads).join();
    } catch (CompletionException e) {
      threads.shutdownNow();
      throw new IOException(SpecException.message("live", port, "a free port on loopback"), e);
    }
  }

  /** The address of the page. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private HttpServer serve(int port) {
    Nice.leastUrgent();
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
      http.setExecutor(threads);
      http.createContext("/", this::handle);
      http.start();
      return http;
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  /**
   * A run begins.
   *
   * @param done cells that an earlier session left
   * @param total cells that the run has, as far as is known
   * @param planned how long the plan takes once so many cells are done
   */
  public synchronized void begins(
      String question, int done, IntSupplier total, IntFunction<Duration> planned) {
    this.question = question;
    this.done = done;
    this.total = total;
    this.timeLeft = new TimeLeft(planned, done);
    startNanos = System.nanoTime();
    changed();
  }

  @Override
  public synchronized void phase(String what) {
    phase = what;
    report = null;
    load = null;
    changed();
  }

  @Override
  public synchronized void load(shedlab.report.raw.Progress now) {
    if (!now.running()) {
      return;
    }
    // Before the first report of a load there is none to compare it with.
    shedlab.report.raw.Progress before =
        report != null && report.name().equals(now.name()) ? report : now;
    report = now;
    load = Load.between(before, now);
    changed();
  }

  @Override
  public synchronized void noiseFloor(Floor measured) {
    floor = measured;
  }

  @Override
  public synchronized void repeatsCalibration(Duration about) {
    timeLeft.unplanned(about);
  }

  @Override
  public synchronized void calibratedAgain() {
    timeLeft.finished(elapsed());
  }

  @Override
  public synchronized void finished(CellResult cell, String verdict) {
    done++;
    timeLeft.finished(elapsed());
    report = null;
    load = null;
    finished.add(Finished.of(cell, verdict, floor));
    changed();
  }

  /** The run has a report. */
  public synchronized void reported(Path report) {
    page = report.toString();
    changed();
  }

  private void changed() {
    version++;
    notifyAll();
  }

  /**
   * The run has ended: lets viewers see the last state, for some seconds at most, and stops
   * serving.
   */
  @Override
  public void close() {
    synchronized (this) {
      ended = true;
      changed();
    }
    try {
      if (viewers.tryAcquire(MOST_VIEWERS, LAST_STATE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        viewers.release(MOST_VIEWERS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (!addressed(exchange)) {
        // A page of another site that makes its name mean this address does not get an answer.
        reply(exchange, 403, "text/plain", line("host", "not this page's", "127.0.0.1"));
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        reply(exchange, 405, "text/plain", line("method", exchange.getRequestMethod(), "GET"));
      } else if (path.equals("/")) {
        reply(exchange, 200, "text/html; charset=utf-8", html());
      } else if (path.equals("/favicon.ico")) { // every browser asks
        exchange.sendResponseHeaders(204, -1);
      } else if (path.equals("/events")) {
        events(exchange);
      } else {
        reply(exchange, 404, "text/plain", line("path", path, "/ or /events"));
      }
    }
  }

  private boolean addressed(HttpExchange exchange) {
    String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
    int port = server.getAddress().getPort();
    return host.equals("127.0.0.1:" + port) || host.equals("localhost:" + port);
  }

  private static String line(String key, String value, String rule) {
    return SpecException.message(key, value, rule) + "\n";
  }

  private static void reply(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Sends the newest state whenever it has changed, until the run ends or the viewer leaves. */
  private void events(HttpExchange exchange) throws IOException {
    if (!viewers.tryAcquire()) {
      reply(exchange, 503, "text/plain", line("viewers", "too many", MOST_VIEWERS + " at most"));
      return;
    }
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      long seen = -1;
      for (boolean over = false; !over; ) {
        LiveState state;
        synchronized (this) {
          if (version == seen) {
            wait(SILENCE.toMillis());
          }
          state = version == seen ? null : state();
          seen = version;
        }
        String event =
            state == null ? ": still here\n\n" : "data: " + JSON.writeValueAsString(state) + "\n\n";
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
        over = state != null && state.ended();
      }
      out.close(); // the whole answer is out before the server may stop
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      viewers.release();
    }
  }

  private LiveState state() {
    return new LiveState(
        question,
        phase,
        done,
        total.getAsInt(),
        elapsed().toSeconds(),
        ended ? 0 : timeLeft.at(elapsed()).toSeconds(),
        load,
        List.copyOf(finished),
        ended,
        page);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  private static String html() {
    return Document.head("Shedlab: a run") + Theme.resource("/shedlab/bench/live/live.html");
  }
}
