package shedlab.servers.jetty;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import shedlab.servers.endpoint.Endpoint;
import shedlab.servers.endpoint.Exchange;
import shedlab.servers.endpoint.MessageRules;
import shedlab.servers.endpoint.Reply;
import shedlab.servers.host.ServerConfig;

/** A request on Jetty. Replies are written by the thread that brings them, which Jetty allows. */
final class JettyExchange implements Exchange {
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final @Nullable JettyLimiter qos;
  private long bodyBytes;

  JettyExchange(Request request, Response response, Callback callback, @Nullable JettyLimiter qos) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.qos = qos;
  }

  /** Drops the body, then lets the endpoint answer; on the selector's thread. */
  void receive(Endpoint endpoint) {
    String method = request.getMethod();
    String target = request.getHttpURI().getPathQuery();
    HttpVersion version = request.getConnectionMetaData().getHttpVersion();
    @Nullable Reply refusal =
        isFramed(request)
            ? MessageRules.framedRefusal(method, target, this::lines)
            : MessageRules.refusal(method, target, version.asString(), this::lines);
    if (refusal == null) {
      drain(endpoint);
    } else {
      reply(refusal);
    }
  }

  private void drain(Endpoint endpoint) {
    if (request.getLength() > ServerConfig.MAX_BODY_BYTES) {
      reply(Reply.CONTENT_TOO_LARGE);
      return;
    }
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(() -> drain(endpoint));
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        callback.failed(chunk.getFailure());
        return;
      }
      bodyBytes += chunk.remaining();
      chunk.release();
      if (bodyBytes > ServerConfig.MAX_BODY_BYTES) {
        reply(Reply.CONTENT_TOO_LARGE);
        return;
      }
      if (chunk.isLast()) {
        endpoint.handle(this);
        return;
      }
    }
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String path() {
    String path = request.getHttpURI().getPath();
    return path == null ? "/" : path;
  }

  @Override
  public @Nullable String query() {
    return request.getHttpURI().getQuery();
  }

  /**
   * Most fields that are asked for are absent: {@code getValuesList} would make a list for each.
   */
  private List<String> lines(String name) {
    HttpFields fields = request.getHeaders();
    return fields.contains(name) ? fields.getValuesList(name) : List.of();
  }

  @Override
  public @Nullable String field(String name) {
    return Exchange.combined(lines(name));
  }

  @Override
  public @Nullable SocketAddress remote() {
    return request.getConnectionMetaData().getRemoteSocketAddress();
  }

  @Override
  public void passNativeLimit(Runnable admitted, Runnable refused) {
    if (qos == null) {
      Exchange.super.passNativeLimit(admitted, refused);
    } else {
      qos.pass(request, response, callback, admitted, refused);
    }
  }

  @Override
  public void reply(Reply reply) {
    if (reply.resetsStream()) {
      resetStream();
      return;
    }
    response.setStatus(reply.status().code());
    @Nullable ByteBuffer encoded = isPlain() ? reply.encoded() : null;
    if (encoded == null) {
      encode(reply);
    } else {
      request.addHttpStreamWrapper(stream -> new EncodedStream(stream, endPoint(), encoded));
      response.write(true, null, callback);
    }
  }

  /** Whether nothing of a reply depends on the request: HTTP/1.1, kept, and all of it read. */
  private boolean isPlain() {
    return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
        && request.getConnectionMetaData().isPersistent()
        && !HttpMethod.HEAD.is(request.getMethod())
        && !request.getHeaders().contains(HttpHeader.EXPECT);
  }

  private void encode(Reply reply) {
    for (Reply.Field field : reply.fields()) {
      response.getHeaders().put(field.name(), field.value());
    }
    if (reply.hasBody()) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().length);
    }
    if (!isFramed(request)
        && (reply.closing() || !request.getConnectionMetaData().isPersistent())) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    response.write(true, ByteBuffer.wrap(reply.body()), callback);
  }

  private EndPoint endPoint() {
    return request.getConnectionMetaData().getConnection().getEndPoint();
  }

  /** Jetty itself resets a stream with CANCEL alone. What the callback then sends is dropped. */
  private void resetStream() {
    if (request.getConnectionMetaData().getConnection() instanceof HTTP2Connection streams) {
      int id = Integer.parseInt(request.getId());
      HTTP2Stream stream = streams.getSession().getStream(id);
      if (stream != null) { // else its client has reset it
        stream.reset(new ResetFrame(id, ErrorCode.REFUSED_STREAM_ERROR.code), Callback.NOOP);
      }
    }
    callback.succeeded();
  }

  /** Whether the message is in frames of HTTP/2, where no field is about the connection. */
  static boolean isFramed(Request request) {
    return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
  }

  @Override
  public void onClosed(Runnable action) {
    if (isFramed(request)) {
      request.addFailureListener(failure -> action.run());
      return;
    }
    if (endPoint() instanceof WatchedEndPoint endPoint) {
      endPoint.watch(
          request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1, action);
    }
  }
}
