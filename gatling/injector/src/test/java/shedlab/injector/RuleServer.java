package shedlab.injector;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real server that answers {@code /work?units=N} by a rule, and records every N. */
public final class RuleServer implements AutoCloseable {
  static {
    // Otherwise every answer on a kept connection would wait for a delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
  }

  /** Answers one request, on a thread of its own. */
  public interface Rule {
    void answer(HttpExchange exchange, int units) throws IOException, InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Integer> asked = new ConcurrentLinkedQueue<>();
  private final Queue<String> userAgents = new ConcurrentLinkedQueue<>();

  public RuleServer(Rule rule) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.setExecutor(threads);
    server.createContext(
        "/work",
        exchange -> {
          int units = Integer.parseInt(exchange.getRequestURI().getQuery().replace("units=", ""));
          asked.add(units);
          String agent = exchange.getRequestHeaders().getFirst("User-Agent");
          if (agent != null) {
            userAgents.add(agent);
          }
          try {
            rule.answer(exchange, units);
          } catch (InterruptedException e) {
            exchange.close();
          }
        });
    server.start();
  }

  /** A whole answer with a body. */
  public static void status(HttpExchange exchange, int status) throws IOException {
    byte[] body = {'x'};
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The units of every request so far, in the order they came. */
  Queue<Integer> asked() {
    return asked;
  }

  Queue<String> userAgents() {
    return userAgents;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
