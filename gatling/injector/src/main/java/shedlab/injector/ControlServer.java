package shedlab.injector;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import shedlab.report.file.Scratch;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.Progress;
import shedlab.report.raw.SchedulePart;
import shedlab.spec.SpecException;

/**
 * Takes jobs over HTTP:
 *
 * <ul>
 *   <li>{@code POST /run} with a {@link LoadJob}: runs it and answers its files as a zip; 400 for a
 *       bad job, 409 if another is running, 500 if it failed;
 *   <li>{@code POST /run?part=2-of-4}: the same with a {@link SchedulePart} of it, which is set up
 *       and then held until its start is told;
 *   <li>{@code POST /start?at=NANOS}: tells it, as a reading of this process's clock; 400 if it is
 *       too soon or no job is held;
 *   <li>{@code GET /clock}: what that clock says now, as a number;
 *   <li>{@code GET /progress}: a {@link Progress}.
 * </ul>
 *
 * Errors are one line of text. Whoever started the process ends it.
 */
final class ControlServer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ROUTES = "/run, /start, /clock or /progress";

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(4, task -> new Thread(task, "control"));
  private final Path folder;
  private final AtomicInteger jobs = new AtomicInteger();
  private final AtomicReference<@Nullable LoadRun> running = new AtomicReference<>();
  private volatile long lastRequestNanos = System.nanoTime();

  /** Serves at once. */
  ControlServer(InetSocketAddress address, Path folder) throws IOException {
    this.folder = folder;
    // Else a short answer, headers and body apart, waits some 40 ms for the client's kernel.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(address, 16);
    server.setExecutor(threads);
    route("/run", "POST", this::run);
    route("/start", "POST", this::start);
    route("/clock", "GET", exchange -> reply(exchange, 200, Long.toString(System.nanoTime())));
    route("/progress", "GET", this::progress);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** How long there was no request and no running job. */
  long idleNanos() {
    return running.get() != null ? 0 : System.nanoTime() - lastRequestNanos;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private interface Route {
    void handle(HttpExchange exchange) throws IOException;
  }

  private void route(String path, String method, Route route) {
    server.createContext(
        path,
        exchange -> {
          lastRequestNanos = System.nanoTime();
          try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(path)) {
              reply(exchange, 404, SpecException.message("path", "unknown", ROUTES));
            } else if (!exchange.getRequestMethod().equals(method)) {
              exchange.getResponseHeaders().set("Allow", method);
              reply(exchange, 405, SpecException.message("method", "wrong", method));
            } else {
              route.handle(exchange);
            }
          } finally {
            lastRequestNanos = System.nanoTime();
          }
        });
  }

  private void run(HttpExchange exchange) throws IOException {
    if (running.get() != null) {
      // Early, so that no second schedule is made while the first is played.
      replyBusy(exchange);
      return;
    }
    LoadRun run;
    try {
      byte[] body = exchange.getRequestBody().readNBytes(LoadJob.MAX_BYTES + 1);
      if (body.length > LoadJob.MAX_BYTES) {
        throw new SpecException("job", "too long", "at most " + LoadJob.MAX_BYTES + " bytes");
      }
      run = run(LoadJob.read(body), exchange.getRequestURI().getQuery());
    } catch (IllegalArgumentException e) {
      reply(exchange, 400, String.valueOf(e.getMessage()));
      return;
    }
    if (!running.compareAndSet(null, run)) {
      replyBusy(exchange);
      return;
    }
    Path files = folder.resolve("job-" + jobs.incrementAndGet());
    try {
      Files.createDirectories(files);
      JobRunner.run(run, files);
      Scratch.delete(files.resolve("work"));
    } catch (Exception e) {
      e.printStackTrace();
      running.set(null);
      Scratch.delete(files);
      reply(exchange, 500, SpecException.message("job", e, "to run to its end"));
      return;
    }
    // The next job may come while this one's files are fetched.
    running.set(null);
    exchange.getResponseHeaders().set("Content-Type", "application/zip");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      FileTree.zip(files, out);
    } finally {
      Scratch.delete(files);
    }
  }

  private static LoadRun run(LoadJob job, @Nullable String query) {
    return query == null
        ? new LoadRun(job)
        : new LoadRun(job, SchedulePart.parse(value(query, "part")), true);
  }

  private void start(HttpExchange exchange) throws IOException {
    LoadRun run = running.get();
    try {
      String at = value(String.valueOf(exchange.getRequestURI().getQuery()), "at");
      SpecException.check(at.matches("-?[0-9]{1,18}"), "at", at, "nanoseconds of this clock");
      if (run == null) {
        throw new SpecException("start", at, "a job that is held");
      }
      run.startAt(Long.parseLong(at));
    } catch (IllegalArgumentException e) {
      reply(exchange, 400, String.valueOf(e.getMessage()));
      return;
    }
    reply(exchange, 200, "told");
  }

  private static String value(String query, String key) {
    SpecException.check(query.startsWith(key + "="), "query", query, key + "=...");
    return query.substring(key.length() + 1);
  }

  private void progress(HttpExchange exchange) throws IOException {
    LoadRun run = running.get();
    if (run == null) {
      replyJson(exchange, Progress.IDLE);
      return;
    }
    Progress now = run.recorder().progress(run.job().name(), System.nanoTime());
    replyJson(exchange, run.waits() ? now.whileHeld() : now);
  }

  private static void replyBusy(HttpExchange exchange) throws IOException {
    reply(exchange, 409, SpecException.message("job", "another is running", "one at a time"));
  }

  private static void replyJson(HttpExchange exchange, Object value) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    send(exchange, 200, JSON.writeValueAsBytes(value));
  }

  private static void reply(HttpExchange exchange, int status, String line) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    String oneLine = line.lines().findFirst().orElse("");
    send(exchange, status, (oneLine + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
