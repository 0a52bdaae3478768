package shedlab.servers.undertow;

import io.undertow.io.IoCallback;
import io.undertow.io.Receiver;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import shedlab.servers.endpoint.Exchange;
import shedlab.servers.endpoint.MessageRules;
import shedlab.servers.endpoint.Reply;
import shedlab.servers.endpoint.RequestTarget;
import shedlab.servers.undertow.StreamsListener.Stream;

/**
 * A request on Undertow. An {@code HttpServerExchange} is not thread-safe: replies from other
 * threads are handed to its I/O thread.
 */
final class UndertowExchange implements Exchange {
  private static final Map<String, HttpString> NAMES = new ConcurrentHashMap<>();

  private final HttpServerExchange exchange;
  private final RequestTarget target;
  private final @Nullable UndertowLimiter limit;
  private final @Nullable Stream stream;
  private @Nullable CloseWatch watch;
  private boolean replied;

  UndertowExchange(HttpServerExchange exchange, @Nullable UndertowLimiter limit) {
    this.exchange = exchange;
    this.limit = limit;
    this.stream = Stream.latest(exchange.getConnection());
    this.target = RequestTarget.of(exchange.getRequestURI());
  }

  @Override
  public String method() {
    return exchange.getRequestMethod().toString();
  }

  @Override
  public String path() {
    return target.path();
  }

  @Override
  public @Nullable String query() {
    String query = exchange.getQueryString();
    return query.isEmpty() ? null : query;
  }

  /** The size of the request line and the header fields. */
  int headerBytes() {
    int bytes = exchange.getRequestURI().length() + exchange.getQueryString().length();
    HeaderMap headers = exchange.getRequestHeaders();
    for (long at = headers.fastIterate(); at != -1; at = headers.fiNext(at)) {
      HeaderValues values = headers.fiCurrent(at);
      for (String value : values) {
        bytes += values.getHeaderName().length() + value.length() + 4;
      }
    }
    return bytes;
  }

  /** The reply to a message that breaks a rule; null if it breaks none. */
  @Nullable Reply refusal() {
    String target = exchange.getRequestURI();
    String query = exchange.getQueryString();
    String whole = query.isEmpty() ? target : target + "?" + query;
    if (stream != null) {
      return MessageRules.framedRefusal(method(), whole, this::lines);
    }
    if (MessageRules.lists(lines("Connection"), "close")) { // Undertow knows it alone in one line
      exchange.setPersistent(false);
    }
    return MessageRules.refusal(method(), whole, exchange.getProtocol().toString(), this::lines);
  }

  private List<String> lines(String name) {
    HeaderValues lines = exchange.getRequestHeaders().get(name);
    return lines == null ? List.of() : lines;
  }

  /** The body could not be read: it is too large, it is malformed, or the client is gone. */
  void bodyFailed(IOException problem) {
    exchange.setPersistent(false);
    Connectors.terminateRequest(exchange); // the rest of the body is not looked for
    reply(
        problem instanceof Receiver.RequestToLargeException
            ? Reply.CONTENT_TOO_LARGE
            : Reply.MALFORMED);
  }

  @Override
  public @Nullable String field(String name) {
    return Exchange.combined(lines(name));
  }

  @Override
  public @Nullable SocketAddress remote() {
    return exchange.getSourceAddress();
  }

  @Override
  public void passNativeLimit(Runnable admitted, Runnable refused) {
    if (limit == null) {
      Exchange.super.passNativeLimit(admitted, refused);
    } else {
      limit.pass(exchange, admitted, refused);
    }
  }

  @Override
  public void reply(Reply reply) {
    if (exchange.isInIoThread()) {
      write(reply);
      return;
    }
    try {
      exchange.getIoThread().execute(() -> write(reply));
    } catch (RejectedExecutionException e) {
      // The server has been closed, and the connection with it.
    }
  }

  private void write(Reply reply) {
    replied = true;
    if (watch != null) {
      watch.end();
    }
    if (stream != null) {
      stream.end();
    }
    if (!exchange.getConnection().isOpen()) {
      return;
    }
    if (stream != null && reply.resetsStream()) {
      stream.refuse();
      return;
    }
    @Nullable ByteBuffer encoded = isPlain() ? reply.encoded() : null;
    if (encoded == null) {
      encode(reply);
    } else {
      EncodedReply.send(exchange, encoded);
    }
  }

  /** Whether nothing of a reply depends on the request: HTTP/1.1, kept, and all of it read. */
  private boolean isPlain() {
    return exchange.isHttp11()
        && exchange.isPersistent()
        && exchange.isRequestComplete()
        && !exchange.getRequestMethod().equals(Methods.HEAD)
        && !exchange.getRequestHeaders().contains(Headers.EXPECT);
  }

  private void encode(Reply reply) {
    exchange.setStatusCode(reply.status().code());
    HeaderMap headers = exchange.getResponseHeaders();
    for (Reply.Field field : reply.fields()) {
      headers.put(NAMES.computeIfAbsent(field.name(), HttpString::new), field.value());
    }
    if (reply.hasBody()) {
      exchange.setResponseContentLength(reply.body().length);
    }
    if (stream != null) {
      // no field of its messages is about the connection
    } else if (reply.closing()) {
      exchange.setPersistent(false);
      headers.put(Headers.CONNECTION, "close");
    } else if (exchange.isPersistent() && exchange.isHttp10()) {
      headers.put(Headers.CONNECTION, "keep-alive");
    }
    exchange.getResponseSender().send(ByteBuffer.wrap(reply.body()), IoCallback.END_EXCHANGE);
  }

  @Override
  public void onClosed(Runnable action) {
    if (replied) { // on the I/O thread: nothing comes in between
      return;
    }
    if (stream != null) {
      stream.onReset(action);
    } else {
      watch = CloseWatch.begin(exchange.getConnection(), exchange.isHttp11(), action);
    }
  }
}
