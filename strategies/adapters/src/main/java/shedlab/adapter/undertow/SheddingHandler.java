package shedlab.adapter.undertow;

import io.undertow.server.Connectors;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import shedlab.adapter.Call;
import shedlab.adapter.ServiceGate;

/**
 * Passes admitted requests to the next handler, on a worker thread: the next handler may block. The
 * gate decides on the I/O thread.
 *
 * <p>Undertow does not read from an HTTP/1.1 connection while a request is under way, so a client
 * that leaves while its request waits is noticed only when the request is answered.
 */
public final class SheddingHandler implements HttpHandler {
  private final ServiceGate gate;
  private final HttpHandler next;

  /** A handler in front of the next one. */
  public SheddingHandler(ServiceGate gate, HttpHandler next) {
    this.gate = gate;
    this.next = next;
  }

  /**
   * Takes the request away from Undertow's call, on the same thread: an exchange that was not
   * dispatched would end when this method returns.
   */
  @Override
  public void handleRequest(HttpServerExchange exchange) {
    UndertowCall call = new UndertowCall(exchange);
    exchange.addExchangeCompleteListener(call);
    exchange.dispatch(SameThreadExecutor.INSTANCE, () -> call.arrive());
  }

  private final class UndertowCall extends Call implements ExchangeCompletionListener {
    private final HttpServerExchange exchange;

    UndertowCall(HttpServerExchange exchange) {
      super(gate, name -> exchange.getRequestHeaders().getFirst(name));
      this.exchange = exchange;
    }

    void arrive() {
      if (enter()) {
        resumeOrEnd();
      }
    }

    // Not exchange.dispatch(handler), which drops the exchange if its connection is closed.

    @Override
    protected void resume() {
      exchange.dispatch(() -> Connectors.executeRootHandler(this::serve, exchange));
    }

    private void serve(HttpServerExchange same) throws Exception {
      started();
      next.handleRequest(same);
    }

    @Override
    protected void refuse() {
      exchange.getIoThread().execute(() -> Connectors.executeRootHandler(this::answer, exchange));
    }

    private void answer(HttpServerExchange same) {
      same.setStatusCode(StatusCodes.TOO_MANY_REQUESTS);
      same.getResponseHeaders().put(Headers.RETRY_AFTER, gate.retryAfter());
    }

    @Override
    public void exchangeEvent(HttpServerExchange same, NextListener others) {
      end(same.getStatusCode());
      others.proceed();
    }
  }
}
