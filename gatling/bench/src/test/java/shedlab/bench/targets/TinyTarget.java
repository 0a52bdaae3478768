package shedlab.bench.targets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import shedlab.task.CpuTask;

/**
 * A target as anyone would write it: a semaphore before the work. It says 503 at {@code /do}, and
 * 429 where the contract has the work.
 */
final class TinyTarget {
  private TinyTarget() {}

  public static void main(String[] args) throws IOException {
    Files.writeString(
        Path.of("pids"),
        ProcessHandle.current().pid() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    int limit = Integer.parseInt(System.getenv().getOrDefault("LIMIT", "4"));
    Semaphore permits = new Semaphore(limit);
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(System.getenv("HOST"), Integer.parseInt(System.getenv("PORT"))),
            0);
    server.setExecutor(Executors.newFixedThreadPool(16));
    for (String health : new String[] {"/ready", "/healthz"}) {
      server.createContext(health, exchange -> answer(exchange, 200, "limit " + limit + "\n"));
    }
    server.createContext("/do", exchange -> work(exchange, permits, 503));
    server.createContext("/work", exchange -> work(exchange, permits, 429));
    server.start();
    System.out.println("listening");
  }

  private static void work(HttpExchange exchange, Semaphore permits, int full) throws IOException {
    if (!permits.tryAcquire()) {
      answer(exchange, full, "full\n");
      return;
    }
    String checksum;
    try {
      int units = Integer.parseInt(exchange.getRequestURI().getQuery().split("=", 2)[1]);
      checksum = String.format(Locale.ROOT, "%016x\n", CpuTask.run(units));
    } finally {
      permits.release();
    }
    answer(exchange, 200, checksum);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
