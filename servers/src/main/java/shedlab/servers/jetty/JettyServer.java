package shedlab.servers.jetty;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import shedlab.servers.endpoint.Endpoint;
import shedlab.servers.endpoint.NativeLimit;
import shedlab.servers.endpoint.Status;
import shedlab.servers.host.HostedServer;
import shedlab.servers.host.ServerConfig;

/**
 * The endpoint on Jetty's core, without servlets: one acceptor, {@code ioThreads} selectors. The
 * handler is non-blocking, so the selector's thread runs it itself.
 */
public final class JettyServer implements HostedServer {
  private static final int ACCEPTORS = 1;

  /** Beyond acceptor and selectors: Jetty's housekeeping, and the rare task it must hand off. */
  private static final int SPARE_THREADS = 4;

  private final Server server;
  private final ServerConnector connector;
  private final AtomicBoolean acceptorEnded;
  private final int port;

  private JettyServer(Server server, ServerConnector connector, AtomicBoolean acceptorEnded) {
    this.server = server;
    this.connector = connector;
    this.acceptorEnded = acceptorEnded;
    this.port = connector.getLocalPort(); // forgotten once it stops listening
  }

  /**
   * Listens.
   *
   * @throws IOException if it cannot
   */
  public static HostedServer start(ServerConfig config, Endpoint endpoint) throws IOException {
    int threads = ACCEPTORS + config.threads().io() + SPARE_THREADS;
    QueuedThreadPool pool = new QueuedThreadPool(threads, threads);
    pool.setName("jetty");
    Server server = new Server(pool);
    server.setStopTimeout(0);
    NativeLimit own = endpoint.nativeLimit();
    server.setHandler(
        new EndpointHandler(endpoint, own == null ? null : JettyLimiter.of(own, server)));
    server.setErrorHandler(JettyServer::bareError);
    AtomicBoolean acceptorEnded = new AtomicBoolean();
    ServerConnector connector =
        new ServerConnector(server, ACCEPTORS, config.threads().io(), Protocols.of(config)) {
          @Override
          protected SelectorManager newSelectorManager(
              Executor executor, Scheduler scheduler, int selectors) {
            return new ServerConnectorManager(executor, scheduler, selectors) {
              @Override
              public void accept(SelectableChannel channel, @Nullable Object attachment) {
                if (endpoint.takesConnection()) {
                  super.accept(channel, attachment);
                } else {
                  IO.close(channel);
                }
              }
            };
          }

          @Override
          protected boolean handleAcceptFailure(Throwable cause) {
            boolean goesOn = super.handleAcceptFailure(cause); // after a pause
            if (!goesOn) {
              acceptorEnded.set(true);
            }
            return goesOn;
          }

          @Override
          protected SocketChannelEndPoint newEndPoint(
              SocketChannel channel, ManagedSelector selector, SelectionKey key) {
            SocketChannelEndPoint endPoint =
                new WatchedEndPoint(channel, selector, key, getScheduler(), getExecutor());
            endPoint.setIdleTimeout(getIdleTimeout());
            return endPoint;
          }
        };
    connector.setHost(config.listening().host());
    connector.setPort(config.listening().port());
    connector.setAcceptQueueSize(config.listening().acceptBacklog());
    connector.setAcceptedTcpNoDelay(true);
    connector.setIdleTimeout(ServerConfig.IDLE_SECONDS * 1_000L);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(config.listening().maxConnections(), connector));
    try {
      server.start();
    } catch (Exception e) {
      stop(server);
      throw e instanceof IOException io ? io : new IOException(e);
    }
    return new JettyServer(server, connector, acceptorEnded);
  }

  /** What Jetty's parser refuses is answered without a page, as other servers' parsers do it. */
  private static boolean bareError(Request request, Response response, Callback callback) {
    switch (response.getStatus()) { // others count line and fields together, and know one version
      case HttpStatus.URI_TOO_LONG_414 -> response.setStatus(Status.HEADERS_TOO_LARGE.code());
      case HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505, HttpStatus.UPGRADE_REQUIRED_426 ->
          response.setStatus(Status.BAD_REQUEST.code());
      default -> {}
    }
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
    if (!JettyExchange.isFramed(request)) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    callback.succeeded();
    return true;
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      System.err.println("jetty does not stop: " + e);
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String version() {
    return Server.getVersion();
  }

  /** Jetty replaces a thread that dies, but not a selector that fails nor an acceptor that ends. */
  @Override
  public @Nullable String deadThread() {
    for (ManagedSelector selector :
        connector.getSelectorManager().getBeans(ManagedSelector.class)) {
      Selector loop = selector.getSelector();
      if (loop == null || !loop.isOpen()) {
        return "a selector";
      }
    }
    return acceptorEnded.get() ? "the acceptor" : null;
  }

  @Override
  public void stopAccepting() {
    connector.close();
  }

  @Override
  public void close() { // replies are written by the threads that bring them: nothing to flush
    stopAccepting();
    stop(server);
  }

  private static final class EndpointHandler extends Handler.Abstract.NonBlocking {
    private final Endpoint endpoint;
    private final @Nullable JettyLimiter qos;

    EndpointHandler(Endpoint endpoint, @Nullable JettyLimiter qos) {
      this.endpoint = endpoint;
      this.qos = qos;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      new JettyExchange(request, response, callback, qos).receive(endpoint);
      return true;
    }
  }
}
