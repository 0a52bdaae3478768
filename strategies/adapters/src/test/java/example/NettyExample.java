package example;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import shedlab.adapter.ServiceGate;
import shedlab.adapter.netty.SheddingHandler;

/** A service on Netty, on threads of its own so that it may block. */
public final class NettyExample implements AutoCloseable {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final Channel listener;

  /** Puts the gate in front of the service. */
  public NettyExample(
      int port, ServiceGate gate, Function<FullHttpRequest, FullHttpResponse> service)
      throws InterruptedException {
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpServerKeepAliveHandler())
                        .addLast(new HttpObjectAggregator(64 * 1024))
                        .addLast(new SheddingHandler(gate))
                        .addLast(new Worker(workers, service));
                  }
                })
            .bind("localhost", port)
            .sync()
            .channel();
  }

  /** Says hello on port 8080. */
  public static void main(String[] arguments) throws InterruptedException {
    new NettyExample(
        8080,
        ServiceGate.of("on-time:deadline=250ms"),
        request -> response(HttpResponseStatus.OK, "hello\n"));
  }

  /** Where it listens. */
  public Channel listener() {
    return listener;
  }

  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    workers.shutdownNow();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** A response with this text. */
  public static FullHttpResponse response(HttpResponseStatus status, String text) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    HttpUtil.setContentLength(response, response.content().readableBytes());
    return response;
  }

  /** Holds the request for as long as it works on it. */
  @SuppressWarnings("FutureReturnValueIgnored") // a write fails if the client is gone
  private static final class Worker extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final ExecutorService workers;
    private final Function<FullHttpRequest, FullHttpResponse> service;

    Worker(ExecutorService workers, Function<FullHttpRequest, FullHttpResponse> service) {
      super(false);
      this.workers = workers;
      this.service = service;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      workers.execute(
          () -> {
            try {
              context.writeAndFlush(answer(request));
            } finally {
              request.release();
            }
          });
    }

    private FullHttpResponse answer(FullHttpRequest request) {
      try {
        return service.apply(request);
      } catch (RuntimeException e) {
        return response(HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal error\n");
      }
    }
  }
}
