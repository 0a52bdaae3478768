package shedlab.servers.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import shedlab.servers.endpoint.Reply;

/**
 * Writes the replies of one connection. A reply that comes encoded goes past Netty's encoder, and
 * those to requests that were read together are flushed together: one system call, one packet, one
 * wake-up of the client. Everything else is encoded and flushed at once, behind what was written
 * before. On the connection's event loop only.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write fails when the client is gone: there is no one to inform
final class ReplyWriter {
  private final ChannelHandlerContext context;

  /** Where encoded bytes go in; null on a connection that does not speak HTTP/1. */
  private final @Nullable ChannelHandlerContext encoder;

  private boolean reading;
  private boolean unflushed;

  /** For a connection whose handlers are all in place. */
  ReplyWriter(ChannelHandlerContext context) {
    this.context = context;
    this.encoder = context.pipeline().context(HttpResponseEncoder.class);
  }

  /** More of what has been read follows, until {@link #readComplete}. */
  void reading() {
    reading = true;
  }

  void readComplete() {
    reading = false;
    flush();
  }

  void flush() {
    if (unflushed) {
      unflushed = false;
      context.flush();
    }
  }

  /** Writes, and then closes the connection unless it is kept. */
  void write(HttpRequest request, Reply reply, boolean keepAlive) {
    boolean old = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    boolean head = request.method().equals(HttpMethod.HEAD);
    @Nullable ByteBuffer encoded = keepAlive && !old && !head ? reply.encoded() : null;
    if (encoded != null && encoder != null) {
      encoder.write(Unpooled.wrappedBuffer(encoded), encoder.voidPromise());
      unflushed = true;
      if (!reading || !context.channel().isWritable()) {
        flush();
      }
      return;
    }
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status().code()),
            head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(reply.body()));
    for (Reply.Field field : reply.fields()) {
      response.headers().set(field.name(), field.value());
    }
    response.headers().set(HttpHeaderNames.DATE, Reply.date());
    if (reply.hasBody()) {
      HttpUtil.setContentLength(response, reply.body().length);
    }
    if (!keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, "close");
    } else if (old) {
      response.headers().set(HttpHeaderNames.CONNECTION, "keep-alive");
    }
    unflushed = false;
    var written = context.writeAndFlush(response);
    if (!keepAlive) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }
}
