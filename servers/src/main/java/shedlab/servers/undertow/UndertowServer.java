package shedlab.servers.undertow;

import io.undertow.UndertowOptions;
import io.undertow.Version;
import io.undertow.connector.ByteBufferPool;
import io.undertow.io.Receiver;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.OpenListener;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.server.protocol.http.AlpnOpenListener;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.ssl.SslConnection;
import shedlab.servers.endpoint.Endpoint;
import shedlab.servers.endpoint.NativeLimit;
import shedlab.servers.endpoint.Reply;
import shedlab.servers.host.HostedServer;
import shedlab.servers.host.RefuseWith;
import shedlab.servers.host.ServerConfig;
import shedlab.servers.host.Tls;

/**
 * The endpoint on Undertow: XNIO's accept thread, {@code ioThreads} I/O threads that read, decide
 * and write. XNIO's own task pool stays unused, but for {@link UndertowLimiter}.
 *
 * <p>Built from the parts that {@code Undertow.builder()} puts together, because only so can it
 * stop listening and still serve.
 */
public final class UndertowServer implements HostedServer {
  private static final int BUFFER_BYTES = 16 * 1024;

  /** Where Undertow itself closes without an answer; what is smaller, we answer with 431. */
  private static final int PARSER_MAX_HEADER_BYTES = 1024 * 1024;

  private final XnioWorker worker;
  private final OpenListener connections;
  private final List<XnioIoThread> ioThreads;
  private final AcceptingChannel<StreamConnection> listener;

  private UndertowServer(
      XnioWorker worker,
      OpenListener connections,
      List<XnioIoThread> ioThreads,
      AcceptingChannel<StreamConnection> listener) {
    this.worker = worker;
    this.connections = connections;
    this.ioThreads = ioThreads;
    this.listener = listener;
  }

  /**
   * Listens.
   *
   * @throws IOException if it cannot
   */
  public static HostedServer start(ServerConfig config, Endpoint endpoint) throws IOException {
    OptionMap threads =
        OptionMap.builder()
            .set(Options.WORKER_IO_THREADS, config.threads().io())
            .set(Options.WORKER_TASK_CORE_THREADS, 0)
            .set(Options.WORKER_TASK_MAX_THREADS, 1)
            .set(Options.WORKER_NAME, "undertow")
            .getMap();
    XnioWorker worker = Xnio.getInstance().createWorker(threads);
    NativeLimit own = endpoint.nativeLimit();
    UndertowLimiter limit = own == null ? null : new UndertowLimiter(own);
    try {
      ByteBufferPool buffers = new DefaultByteBufferPool(true, BUFFER_BYTES);
      OpenListener connections = connections(config, buffers);
      connections.setRootHandler(
          new HttpContinueReadHandler(exchange -> receive(exchange, endpoint, limit)));
      OptionMap sockets =
          OptionMap.builder()
              .set(Options.BACKLOG, config.listening().acceptBacklog())
              .set(Options.CONNECTION_HIGH_WATER, config.listening().maxConnections())
              .set(Options.TCP_NODELAY, true)
              .set(Options.REUSE_ADDRESSES, true)
              .getMap();
      AcceptingChannel<StreamConnection> listener =
          worker.createStreamConnectionServer(
              new InetSocketAddress(config.listening().host(), config.listening().port()),
              ChannelListeners.openListenerAdapter(opening(config, endpoint, buffers, connections)),
              sockets);
      listener.resumeAccepts();
      List<XnioIoThread> ioThreads = new ArrayList<>();
      for (int i = 0; i < config.threads().io(); i++) {
        ioThreads.add(worker.getIoThread(i));
      }
      return new UndertowServer(worker, connections, ioThreads, listener);
    } catch (IOException | RuntimeException e) {
      worker.shutdownNow();
      throw e;
    }
  }

  private static OpenListener connections(ServerConfig config, ByteBufferPool buffers) {
    OptionMap options = protocol(config.refuseWith());
    return switch (config.listening().protocol()) {
      case HTTP, HTTPS -> new HttpOpenListener(buffers, options);
      case H2 ->
          new AlpnOpenListener(buffers, options)
              .addProtocol("h2", new StreamsListener(buffers, BUFFER_BYTES, options), 1);
    };
  }

  /** What happens first with a connection, on an I/O thread. */
  private static ChannelListener<StreamConnection> opening(
      ServerConfig config, Endpoint endpoint, ByteBufferPool buffers, OpenListener connections) {
    UndertowXnioSsl tls =
        config.listening().protocol().isEncrypted()
            ? new UndertowXnioSsl(
                Xnio.getInstance(), // handshakes on the I/O thread, as others do it
                OptionMap.EMPTY,
                buffers,
                Tls.context(),
                SameThreadExecutor.INSTANCE)
            : null;
    return connection -> {
      if (!endpoint.takesConnection()) {
        IoUtils.safeClose(connection);
      } else if (tls == null) {
        connections.handleEvent(connection);
      } else {
        SslConnection wrapped = tls.wrapExistingConnection(connection, OptionMap.EMPTY, false);
        UndertowXnioSsl.getSslEngine(wrapped).setEnabledProtocols(new String[] {Tls.VERSION});
        connections.handleEvent(wrapped);
      }
    };
  }

  private static OptionMap protocol(RefuseWith refuseWith) {
    return OptionMap.builder()
        .set(UndertowOptions.MAX_HEADER_SIZE, PARSER_MAX_HEADER_BYTES)
        .set(
            UndertowOptions.MAX_HEADERS, ServerConfig.MAX_HEADER_BYTES) // the bytes are what counts
        .set(UndertowOptions.HTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, ServerConfig.MAX_STREAMS)
        .set(
            UndertowOptions.MAX_RST_FRAMES_PER_WINDOW, // a connection that has more is closed
            refuseWith == RefuseWith.RESET
                ? Integer.MAX_VALUE
                : UndertowOptions.DEFAULT_MAX_RST_FRAMES_PER_WINDOW)
        .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
        .set(UndertowOptions.ALWAYS_SET_DATE, true)
        .set(UndertowOptions.DECODE_URL, false)
        .set(UndertowOptions.NO_REQUEST_TIMEOUT, ServerConfig.IDLE_SECONDS * 1_000)
        .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, ServerConfig.IDLE_SECONDS * 1_000)
        .getMap();
  }

  /**
   * Takes the request away from Undertow's call, on the same I/O thread: an exchange that was not
   * dispatched would end when this method returns.
   */
  private static void receive(
      HttpServerExchange exchange, Endpoint endpoint, @Nullable UndertowLimiter limit) {
    UndertowExchange wrapped = new UndertowExchange(exchange, limit);
    @Nullable Reply refusal = wrapped.refusal();
    if (refusal != null) {
      UndertowLimiter.take(exchange, () -> wrapped.reply(refusal));
    } else if (wrapped.headerBytes() > ServerConfig.MAX_HEADER_BYTES) {
      UndertowLimiter.take(exchange, () -> wrapped.reply(Reply.HEADERS_TOO_LARGE));
    } else if (exchange.getRequestContentLength() > ServerConfig.MAX_BODY_BYTES) {
      UndertowLimiter.take(exchange, () -> wrapped.reply(Reply.CONTENT_TOO_LARGE));
    } else if (exchange.isRequestComplete()) {
      UndertowLimiter.take(exchange, () -> endpoint.handle(wrapped));
    } else {
      ChunkedBody.of(exchange);
      Receiver body = exchange.getRequestReceiver();
      body.setMaxBufferSize(ServerConfig.MAX_BODY_BYTES);
      body.receiveFullBytes(
          (same, bytes) -> UndertowLimiter.take(exchange, () -> endpoint.handle(wrapped)),
          (same, problem) -> UndertowLimiter.take(exchange, () -> wrapped.bodyFailed(problem)));
    }
  }

  @Override
  public int port() {
    return listener.getLocalAddress(InetSocketAddress.class).getPort();
  }

  @Override
  public String version() {
    return Version.getVersionString();
  }

  @Override
  public @Nullable String deadThread() {
    for (XnioIoThread thread : ioThreads) {
      if (!thread.isAlive()) {
        return thread.getName();
      }
    }
    return listener.getIoThread().isAlive() ? null : listener.getIoThread().getName();
  }

  @Override
  public void stopAccepting() {
    if (listener.isOpen()) { // XNIO would wait for its accept thread, which may have ended
      IoUtils.safeClose(listener);
    }
  }

  @Override
  public void close() {
    stopAccepting();
    awaitIoThreads(); // replies handed over before are out
    connections.closeConnections();
    awaitIoThreads(); // connections are closed
    worker.shutdownNow();
    try {
      worker.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tasks of an I/O thread run in order: when ours runs, those handed over before have run. */
  private void awaitIoThreads() {
    CountDownLatch passed = new CountDownLatch(ioThreads.size());
    try {
      for (XnioIoThread thread : ioThreads) {
        thread.execute(passed::countDown);
      }
      passed.await(1, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      // Closed before.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
