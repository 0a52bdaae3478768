package shedlab.bench.fleet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import shedlab.bench.host.ControlClient;
import shedlab.bench.host.HostException;
import shedlab.bench.host.RunningServer;

/**
 * A place in a fleet: a server at an address that stays, even if the server is killed and another
 * is started there. Any thread may ask it.
 */
final class Member implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Starts a server with a strategy at a port; 0 for any free one. */
  interface Starter {
    RunningServer at(String strategy, int port);
  }

  private final HttpClient http = ControlClient.connectingWithin(PATIENCE);
  private final Starter starter;
  private final URI url;
  private final List<FleetServer.Loss> losses = new ArrayList<>();
  private String strategy;
  private RunningServer server;

  Member(String strategy, Starter starter) {
    this.starter = starter;
    this.strategy = strategy;
    this.server = starter.at(strategy, 0);
    this.url = server.url();
  }

  URI url() {
    return url;
  }

  /** The server that is or was the last to serve there. */
  synchronized RunningServer server() {
    return server;
  }

  /** The strategy of whatever is started there from now on. */
  synchronized void takes(String other) {
    strategy = other;
  }

  /** What was killed there, in its order. */
  synchronized List<FleetServer.Loss> losses() {
    return List.copyOf(losses);
  }

  /** Kills the server, right after it was asked what it has counted. */
  synchronized void kill() {
    long asked = now();
    String counted = metrics();
    server.close();
    losses.add(new FleetServer.Loss(counted, server.samples(), asked, now()));
  }

  synchronized void restart() {
    server = starter.at(strategy, url.getPort());
  }

  private String metrics() {
    HttpRequest request = HttpRequest.newBuilder(url.resolve("/metrics")).timeout(PATIENCE).build();
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new HostException("GET /metrics", HostException.reason(e), "counts, before a kill", e);
    } catch (InterruptedException e) {
      throw HostException.interrupted("GET /metrics", e);
    }
  }

  private static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  @Override
  public synchronized void close() {
    server.close();
  }
}
