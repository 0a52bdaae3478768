package shedlab.servers.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import shedlab.servers.endpoint.Endpoint;
import shedlab.servers.endpoint.MessageRules;
import shedlab.servers.endpoint.Presence;
import shedlab.servers.endpoint.Reply;
import shedlab.servers.host.ServerConfig;

/**
 * One connection: requests are answered one at a time and in order, as HTTP/1.1 pipelining wants
 * it. Further requests are held back here; from {@value #HELD_AT_MOST} on nothing more is read, so
 * their number is bounded by what one read can hold, and a client that leaves then is noticed late.
 * On the connection's event loop only.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write fails when the client is gone: there is no one to inform
final class NettyConnection extends ChannelInboundHandlerAdapter {
  private static final int HELD_AT_MOST = 16;

  private static final FullHttpResponse CONTINUE =
      new DefaultFullHttpResponse(
          HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);

  private record Received(HttpRequest head, @Nullable Reply refusal) {}

  private final Endpoint endpoint;
  private final Queue<Received> held = new ArrayDeque<>();

  /** The request whose body is being read. */
  private @Nullable HttpRequest head;

  private long bodyBytes;

  /** The request whose client waits until it is asked for the body. */
  private @Nullable HttpRequest asking;

  /** The request that has no reply yet. */
  private @Nullable NettyExchange current;

  /** After a request that ends the connection: further input is ignored. */
  private boolean deaf;

  /** The client has sent all it will ever send. */
  private boolean ended;

  private boolean serving;

  @SuppressWarnings("NullAway.Init") // handlerAdded comes first
  private ReplyWriter replies;

  NettyConnection(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    replies = new ReplyWriter(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    replies.reading();
    try {
      if (!deaf && message instanceof HttpObject part) {
        read(context, part);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    replies.readComplete();
    context.fireChannelReadComplete();
  }

  private void read(ChannelHandlerContext context, HttpObject part) {
    if (part instanceof HttpRequest request) {
      head = request;
      bodyBytes = 0;
    }
    HttpRequest request = head;
    if (request == null) {
      return;
    }
    if (part.decoderResult().isFailure()) {
      refuse(context, request, verdict(part.decoderResult().cause()));
      return;
    }
    if (part == request) {
      @Nullable Reply refusal =
          MessageRules.refusal(
              request.method().name(),
              request.uri(),
              request.protocolVersion().text(),
              name -> NettyExchange.lines(request, name));
      if (refusal != null) {
        refuse(context, request, refusal);
        return;
      }
    }
    bodyBytes += part instanceof HttpContent content ? content.content().readableBytes() : 0;
    if (bodyBytes > ServerConfig.MAX_BODY_BYTES
        || (part == request && declared(request) > ServerConfig.MAX_BODY_BYTES)) {
      refuse(context, request, Reply.CONTENT_TOO_LARGE);
    } else if (part == request && HttpUtil.is100ContinueExpected(request)) {
      asking = request;
      askForBody(context);
    } else if (part instanceof LastHttpContent) {
      if (asking == request && bodyBytes == 0) { // as Undertow and Jetty do it
        HttpUtil.setKeepAlive(request, false);
      }
      asking = null;
      head = null;
      hold(context, new Received(request, null));
    }
  }

  /** Asks for the body of a request that waits to be asked, when all before it are answered. */
  private void askForBody(ChannelHandlerContext context) {
    if (asking != null && asking == head && bodyBytes == 0 && current == null && held.isEmpty()) {
      context.writeAndFlush(CONTINUE.duplicate());
      if (declared(asking) > 0 || HttpUtil.isTransferEncodingChunked(asking)) {
        asking = null;
      }
    }
  }

  private static long declared(HttpRequest request) {
    return HttpUtil.getContentLength(request, 0L);
  }

  private static Reply verdict(Throwable cause) {
    return cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException
        ? Reply.HEADERS_TOO_LARGE
        : Reply.MALFORMED;
  }

  private void refuse(ChannelHandlerContext context, HttpRequest request, Reply refusal) {
    deaf = true;
    hold(context, new Received(request, refusal));
  }

  private void hold(ChannelHandlerContext context, Received received) {
    held.add(received);
    if (held.size() >= HELD_AT_MOST) {
      context.channel().config().setAutoRead(false);
    }
    serve(context);
  }

  /** Begins with the next request if none is under way. A loop: replies may come at once. */
  private void serve(ChannelHandlerContext context) {
    if (serving) {
      return;
    }
    serving = true;
    try {
      while (current == null && !held.isEmpty()) {
        Received next = held.remove();
        NettyExchange exchange = new NettyExchange(this, context, next.head());
        current = exchange;
        if (next.refusal() != null) {
          exchange.reply(next.refusal());
        } else {
          endpoint.handle(exchange);
        }
      }
    } finally {
      serving = false;
    }
    askForBody(context);
    if (ended) {
      closeIfDone(context);
    } else if (held.isEmpty()) {
      context.channel().config().setAutoRead(true);
    }
  }

  /** Writes the reply to the current request. Nothing is written to a channel that has closed. */
  void write(ChannelHandlerContext context, HttpRequest request, Reply reply) {
    if (!context.channel().isActive()) {
      return;
    }
    if (reply.resetsStream()) { // which closes this channel
      context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
      return;
    }
    boolean keepAlive = !reply.closing() && HttpUtil.isKeepAlive(request);
    if (!keepAlive) {
      deaf = true;
      held.clear();
    }
    replies.write(request, reply, keepAlive);
    if (!keepAlive) {
      return;
    }
    current = null;
    serve(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    held.clear();
    if (current != null) {
      current.closed();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      if (head != null && !deaf) { // in the middle of its body
        refuse(context, head, Reply.MALFORMED);
      }
      deaf = true;
      ended = true;
      if (current != null) {
        watch(context, current);
      }
    }
    if (event instanceof IdleStateEvent || ended) {
      closeIfDone(context);
    }
  }

  /** Finds out whether a client that sends no more is there, as long as its request waits. */
  void watch(ChannelHandlerContext context, NettyExchange exchange) {
    if (ended) {
      probe(context, exchange, 0);
    }
  }

  /** A write that fails closes the channel: {@link #channelInactive} does the rest. */
  private void probe(ChannelHandlerContext context, NettyExchange exchange, long pauseMillis) {
    if (current != exchange || !exchange.takesInterim() || !context.channel().isActive()) {
      return;
    }
    if (context.channel().isWritable()) {
      context.writeAndFlush(CONTINUE.duplicate());
    }
    long pause = Presence.pauseMillis(pauseMillis);
    context
        .executor()
        .schedule(() -> probe(context, exchange, pause), pause, TimeUnit.MILLISECONDS);
  }

  private void closeIfDone(ChannelHandlerContext context) {
    if (current == null && held.isEmpty()) {
      replies.flush();
      context.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close(); // a reset by the client: channelInactive does the rest
  }
}
