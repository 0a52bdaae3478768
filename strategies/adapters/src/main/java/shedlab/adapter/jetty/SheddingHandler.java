package shedlab.adapter.jetty;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import shedlab.adapter.Call;
import shedlab.adapter.ServiceGate;
import shedlab.admission.Outcome;

/**
 * Passes admitted requests to the wrapped handler: at once on the thread that brings them, after a
 * wait on a thread of the server's pool. For Jetty 12, with or without servlets.
 *
 * <p>Jetty does not read from an HTTP/1.1 connection while a request is under way, so a client that
 * leaves while its request waits is noticed only when the request is answered.
 */
public final class SheddingHandler extends Handler.Wrapper {
  private final ServiceGate gate;

  /** A handler in front of the next one. */
  public SheddingHandler(ServiceGate gate, Handler next) {
    super(next);
    this.gate = gate;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    JettyCall call = new JettyCall(request, response, callback);
    Request.addCompletionListener(request, call::completed);
    request.addFailureListener(call::failed);
    if (call.enter()) {
      call.started();
      return super.handle(request, response, callback);
    }
    return true;
  }

  private final class JettyCall extends Call {
    private final Request request;
    private final Response response;
    private final Callback callback;

    JettyCall(Request request, Response response, Callback callback) {
      super(gate, name -> request.getHeaders().get(name));
      this.request = request;
      this.response = response;
      this.callback = callback;
    }

    @Override
    protected void resume() {
      request.getComponents().getExecutor().execute(this::serve);
    }

    private void serve() {
      started();
      try {
        if (!SheddingHandler.super.handle(request, response, callback)) {
          Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
        }
      } catch (Throwable e) {
        Response.writeError(request, response, callback, e);
      }
    }

    @Override
    protected void refuse() {
      response.setStatus(HttpStatus.TOO_MANY_REQUESTS_429);
      response.getHeaders().put(HttpHeader.RETRY_AFTER, gate.retryAfter());
      response.write(true, null, callback);
    }

    private void completed(@Nullable Throwable failure) {
      end(failure == null ? outcome(response.getStatus()) : Outcome.IGNORED);
    }

    /** The connection or the stream has failed; nobody else completes a request that waited. */
    private void failed(Throwable failure) {
      if (gone()) {
        callback.failed(failure);
      }
    }
  }
}
