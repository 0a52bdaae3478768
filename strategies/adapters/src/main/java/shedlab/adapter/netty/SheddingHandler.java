package shedlab.adapter.netty;

import io.netty.buffer.EmptyByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import shedlab.adapter.Call;
import shedlab.adapter.ServiceGate;
import shedlab.admission.Outcome;

/**
 * Passes admitted requests up the pipeline, one at a time for each connection: a refusal must not
 * overtake the answer to an earlier request of its connection. Behind an {@code
 * HttpObjectAggregator}, before the handlers of the service; one for each channel.
 *
 * <p>A permit returns when the last part of the response is written. If the channel closes before,
 * there may never be a response: then the permit returns when the service has released the request,
 * after a minute at the latest. So a service that hands a request to other threads holds it for as
 * long as they work on it, as Netty's rules for reference counts have it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write fails if the client is gone: nobody to tell
public final class SheddingHandler extends ChannelDuplexHandler {
  /** How often it looks whether the service has released the request of a closed channel. */
  private static final int LOOK_MILLIS = 10;

  private static final int LOOKS = 60_000 / LOOK_MILLIS;

  private final ServiceGate gate;

  /** Requests that came before the current one was answered. Nothing is read meanwhile. */
  private final Queue<FullHttpRequest> held = new ArrayDeque<>();

  private @Nullable NettyCall current;
  private int status;
  private boolean proceeding;
  private boolean paused;

  /** A handler for one channel. */
  public SheddingHandler(ServiceGate gate) {
    this.gate = gate;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof FullHttpRequest request) {
      held.add(request);
      proceed(context);
    } else if (message instanceof HttpRequest) { // it would pass the gate unseen
      ReferenceCountUtil.release(message);
      throw new IllegalStateException(
          "pipeline: a request in parts (expected: HttpObjectAggregator before SheddingHandler)");
    } else {
      context.fireChannelRead(message);
    }
  }

  /** Begins with the next request if none is under way. A loop: answers may come at once. */
  private void proceed(ChannelHandlerContext context) {
    if (proceeding) {
      return;
    }
    proceeding = true;
    try {
      while (current == null && !held.isEmpty()) {
        NettyCall next = new NettyCall(context, held.remove());
        current = next;
        if (next.enter()) {
          next.pass();
        }
      }
    } finally {
      proceeding = false;
    }
    if (paused == held.isEmpty()) {
      paused = !paused;
      context.channel().config().setAutoRead(!paused);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    boolean interim = false;
    if (message instanceof HttpResponse response) {
      interim = isInterim(response.status());
      status = response.status().code();
    }
    NettyCall answered = !interim && message instanceof LastHttpContent ? current : null;
    if (answered != null) {
      answered.end(status);
    }
    context.write(message, promise);
    if (answered != null) {
      current = null;
      proceed(context);
    }
  }

  private static boolean isInterim(HttpResponseStatus status) {
    return status.codeClass() == HttpStatusClass.INFORMATIONAL
        && !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    drop();
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    drop();
  }

  private void drop() {
    held.forEach(FullHttpRequest::release);
    held.clear();
    NettyCall left = current;
    current = null;
    if (left != null) {
      left.dropped();
    }
  }

  private final class NettyCall extends Call {
    private final ChannelHandlerContext context;
    private final FullHttpRequest request;

    NettyCall(ChannelHandlerContext context, FullHttpRequest request) {
      super(gate, name -> request.headers().get(name));
      this.context = context;
      this.request = request;
    }

    void pass() {
      started();
      context.fireChannelRead(request);
      context.fireChannelReadComplete();
    }

    void dropped() {
      if (gone()) {
        request.release(); // else whoever has the request releases it
      } else {
        endWhenReleased(0);
      }
    }

    private void endWhenReleased(int looks) {
      if (request.refCnt() == 0 || request.content() instanceof EmptyByteBuf || looks == LOOKS) {
        end(Outcome.IGNORED);
        return;
      }
      try {
        context
            .executor()
            .schedule(() -> endWhenReleased(looks + 1), LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException closed) {
        end(Outcome.IGNORED);
      }
    }

    @Override
    protected void resume() {
      context
          .executor()
          .execute(
              () -> {
                if (current == this) {
                  pass();
                } else {
                  request.release();
                }
              });
    }

    @Override
    protected void refuse() {
      if (context.executor().inEventLoop()) {
        answer();
      } else {
        context.executor().execute(this::answer);
      }
    }

    private void answer() {
      boolean keepAlive = HttpUtil.isKeepAlive(request);
      HttpVersion version = request.protocolVersion();
      request.release();
      if (current != this) {
        return;
      }
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.TOO_MANY_REQUESTS, Unpooled.EMPTY_BUFFER);
      response.headers().set(HttpHeaderNames.RETRY_AFTER, gate.retryAfter());
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
      HttpUtil.setKeepAlive(response.headers(), version, keepAlive);
      var written = context.writeAndFlush(response);
      if (!keepAlive) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
      current = null;
      proceed(context);
    }
  }
}
