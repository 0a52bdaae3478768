package shedlab.servers.undertow;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.RequestLimit;
import io.undertow.util.AttachmentKey;
import io.undertow.util.SameThreadExecutor;
import shedlab.servers.endpoint.NativeLimit;

/**
 * Undertow's {@code RequestLimit}, with a continuation for each request. A request that waited is
 * resumed on XNIO's task pool. A lone one may wait for one completion longer than it should: {@code
 * RequestLimit} looks at its queue before a request that is just about to join it.
 */
final class UndertowLimiter {
  private static final AttachmentKey<Runnable> REFUSED = AttachmentKey.create(Runnable.class);

  private final RequestLimit limit;

  UndertowLimiter(NativeLimit settings) {
    limit = new RequestLimit(settings.limit(), settings.queue());
    limit.setFailureHandler(exchange -> take(exchange, exchange.getAttachment(REFUSED)));
  }

  void pass(HttpServerExchange exchange, Runnable admitted, Runnable refused) {
    exchange.putAttachment(REFUSED, refused);
    try {
      limit.handleRequest(exchange, same -> take(same, admitted));
    } catch (Exception e) { // declared for handlers; ours throws none
      throw new IllegalStateException(e);
    }
  }

  /** Takes the request away from Undertow's call, which would end it on return. */
  static void take(HttpServerExchange exchange, Runnable task) {
    exchange.dispatch(SameThreadExecutor.INSTANCE, task);
  }
}
