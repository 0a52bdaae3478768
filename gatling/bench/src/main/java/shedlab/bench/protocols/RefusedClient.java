package shedlab.bench.protocols;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import shedlab.bench.host.HostException;

/**
 * A client that asks over a connection which is open already, some fifty times a second, and is
 * refused each time. So the gate's latest decision is a refusal, as on any server that is
 * overloaded, and new connections are closed when they are accepted. Ends when it is closed.
 */
final class RefusedClient implements AutoCloseable {
  private static final long PAUSE_MILLIS = 20;

  /**
   * A server closes new connections for 100 ms after its latest refusal: this one must come later.
   */
  static final long LAPSE_MILLIS = 250;

  /** More connections in a row are not closed because of refusals that were just now. */
  private static final int MOST_CLOSED = 20;

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int TOO_MANY_REQUESTS = 429;

  private final HttpClient http;
  private final HttpRequest request;
  private final AtomicLong refused = new AtomicLong();
  private final Thread thread = new Thread(this::goOn, "shedlab-refused-client");
  private volatile boolean stopped;
  private volatile String problem = "";
  private int closed;

  private RefusedClient(HttpClient http, URI work) {
    this.http = http;
    this.request = HttpRequest.newBuilder(work).timeout(PATIENCE).build();
    thread.setDaemon(true);
  }

  /**
   * Asks once, when the refusals of earlier loads are past, and then goes on.
   *
   * @param http a client that has an open connection, or opens one
   * @throws HostException if the first request is not refused
   */
  static RefusedClient start(HttpClient http, URI work) {
    RefusedClient client = new RefusedClient(http, work);
    pause(LAPSE_MILLIS);
    client.ask();
    if (!client.problem.isEmpty()) {
      throw new HostException("the client beside the load", client.problem, "a 429");
    }
    client.thread.start();
    return client;
  }

  private void goOn() {
    while (!stopped && problem.isEmpty()) {
      pause(PAUSE_MILLIS);
      ask();
    }
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the next request says so
    }
  }

  /** By one thread at a time. */
  private void ask() {
    try {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      closed = 0;
      if (status == TOO_MANY_REQUESTS) {
        refused.incrementAndGet();
      } else {
        problem = "status " + status;
      }
    } catch (ConnectException e) {
      problem = HostException.reason(e);
    } catch (IOException e) { // it had to open a new one, which was closed: refused, as others are
      refused.incrementAndGet();
      problem = ++closed > MOST_CLOSED ? HostException.reason(e) : "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problem = "interrupted";
    }
  }

  /**
   * Requests that were refused and connections of its own that were closed, all once it is closed.
   */
  long refused() {
    return refused.get();
  }

  /** Why it gave up; empty if it did not. */
  String problem() {
    return problem;
  }

  /** Waits for the answer to the last request. */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join(2 * PATIENCE.toMillis());
    } catch (InterruptedException e) {
      throw HostException.interrupted("the client beside the load", e);
    }
  }
}
