package shedlab.servers;

import java.io.IOException;
import java.util.Locale;
import shedlab.servers.endpoint.Endpoint;
import shedlab.servers.host.HostedServer;
import shedlab.servers.host.ServerConfig;
import shedlab.servers.jetty.JettyServer;
import shedlab.servers.netty.NettyServer;
import shedlab.servers.undertow.UndertowServer;
import shedlab.strategy.Strategy;

/** The servers that can host the endpoint. */
public enum ServerKind {
  /** Undertow on XNIO. */
  UNDERTOW,
  /** Jetty 12 core, without servlets. */
  JETTY,
  /** Netty on its NIO transport. */
  NETTY;

  /**
   * Listens, and lets the endpoint answer.
   *
   * @throws IOException if it cannot listen where the configuration says
   */
  HostedServer start(ServerConfig config, Endpoint endpoint) throws IOException {
    return switch (this) {
      case UNDERTOW -> UndertowServer.start(config, endpoint);
      case JETTY -> JettyServer.start(config, endpoint);
      case NETTY -> NettyServer.start(config, endpoint);
    };
  }

  /** Whether it can run under the strategy: {@code native} needs a limiter of the server's own. */
  boolean hosts(Strategy strategy) {
    return this != NETTY || !strategy.composition().needsNativeLimiter();
  }

  /** The name used in options and results. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
