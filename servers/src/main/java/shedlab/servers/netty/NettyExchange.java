package shedlab.servers.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import shedlab.servers.endpoint.Exchange;
import shedlab.servers.endpoint.Reply;
import shedlab.servers.endpoint.RequestTarget;

/** A request on Netty. Replies from other threads are handed to the event loop. */
final class NettyExchange implements Exchange {
  private final NettyConnection connection;
  private final ChannelHandlerContext context;
  private final HttpRequest request;
  private final RequestTarget target;
  private @Nullable Runnable onClosed;

  NettyExchange(NettyConnection connection, ChannelHandlerContext context, HttpRequest request) {
    this.connection = connection;
    this.context = context;
    this.request = request;
    this.target = RequestTarget.of(request.uri());
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String path() {
    return target.path();
  }

  @Override
  public @Nullable String query() {
    return target.query();
  }

  @Override
  public @Nullable String field(String name) {
    return Exchange.combined(lines(request, name));
  }

  /** Most fields that are asked for are absent: {@code getAll} would make a list for each. */
  static List<String> lines(HttpRequest request, String name) {
    return request.headers().contains(name) ? request.headers().getAll(name) : List.of();
  }

  @Override
  public @Nullable SocketAddress remote() {
    return context.channel().remoteAddress();
  }

  @Override
  public void reply(Reply reply) {
    if (context.executor().inEventLoop()) {
      connection.write(context, request, reply);
      return;
    }
    try {
      context.executor().execute(() -> connection.write(context, request, reply));
    } catch (RejectedExecutionException e) {
      // The server has been closed, and the connection with it.
    }
  }

  @Override
  public void onClosed(Runnable action) {
    onClosed = action;
    if (context.channel().isActive()) {
      connection.watch(context, this);
    } else {
      closed();
    }
  }

  /** Whether it waits, and its client can read an interim response. */
  boolean takesInterim() {
    return onClosed != null && request.protocolVersion().equals(HttpVersion.HTTP_1_1);
  }

  /** On the event loop. */
  void closed() {
    Runnable action = onClosed;
    onClosed = null;
    if (action != null) {
      action.run();
    }
  }
}
