package shedlab.servers.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.Version;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.Slf4JLoggerFactory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import shedlab.servers.endpoint.Endpoint;
import shedlab.servers.host.HostedServer;
import shedlab.servers.host.ServerConfig;

/**
 * The endpoint on Netty: the NIO transport, one thread that accepts, {@code ioThreads} event loops
 * that read, decide and write.
 */
public final class NettyServer implements HostedServer {
  private final EventLoopGroup acceptor;
  private final EventLoopGroup loops;
  private final ChannelGroup connections;
  private final Channel listener;

  private NettyServer(
      EventLoopGroup acceptor, EventLoopGroup loops, ChannelGroup connections, Channel listener) {
    this.acceptor = acceptor;
    this.loops = loops;
    this.connections = connections;
    this.listener = listener;
  }

  /** Listens. A failure to bind is thrown as it is. */
  public static HostedServer start(ServerConfig config, Endpoint endpoint) {
    // Netty would log through the JDK, which opens files and so fails when descriptors run out: an
    // Error in a log call has ended the accepting thread. Undertow and Jetty take SLF4J by default.
    InternalLoggerFactory.setDefaultFactory(Slf4JLoggerFactory.INSTANCE);
    EventLoopGroup acceptor = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(config.threads().io(), NioIoHandler.newFactory());
    ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(acceptor, loops)
            .channel(NioServerSocketChannel.class)
            .handler(new ConnectionLimit(config.listening().maxConnections(), endpoint))
            .option(ChannelOption.SO_BACKLOG, config.listening().acceptBacklog())
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(1))
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(new ConnectionSetup(config, endpoint, connections));
    try {
      Channel listener =
          bootstrap
              .bind(new InetSocketAddress(config.listening().host(), config.listening().port()))
              .syncUninterruptibly()
              .channel();
      return new NettyServer(acceptor, loops, connections, listener);
    } catch (Throwable e) { // the checked BindException too, which nothing declares
      end(acceptor);
      end(loops);
      throw e;
    }
  }

  @Override
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  @Override
  public String version() {
    Version version = Version.identify().get("netty-codec-http");
    return version == null ? "unknown" : version.artifactVersion();
  }

  @Override
  public @Nullable String deadThread() {
    for (EventLoopGroup group : List.of(acceptor, loops)) {
      for (EventExecutor loop : group) {
        if (loop.isShuttingDown()) {
          return group == acceptor ? "the accepting event loop" : "an event loop";
        }
      }
    }
    return listener.isOpen() ? null : "the listener";
  }

  @Override
  public void stopAccepting() {
    listener.close().awaitUninterruptibly(1_000);
  }

  @Override
  public void close() {
    stopAccepting();
    for (EventExecutor loop : loops) { // tasks run in order: replies handed over before come first
      loop.submit(() -> {}).awaitUninterruptibly(1_000);
    }
    connections.close().awaitUninterruptibly(1_000);
    end(acceptor);
    end(loops);
  }

  private static void end(EventLoopGroup group) {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
  }
}
