package shedlab.adapter.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import shedlab.adapter.Call;
import shedlab.adapter.ServiceGate;
import shedlab.admission.Outcome;

/**
 * Passes admitted requests down the chain: at once on the thread that brings them, after a wait on
 * a thread of the container. A permit is held until the service returns, or completes what it
 * started with {@code startAsync}.
 *
 * <p>Register it first, with {@code asyncSupported} true and for the dispatcher types {@code
 * REQUEST} and {@code ASYNC}: a request that has waited comes back as {@code ASYNC}.
 */
public final class SheddingFilter implements Filter {
  private static final int TOO_MANY_REQUESTS = 429;

  private final ServiceGate gate;

  /** Names the call of a request: of this filter, as there may be others with other gates. */
  private final String attribute =
      SheddingFilter.class.getName() + "@" + Integer.toHexString(System.identityHashCode(this));

  /** A filter in front of what follows in the chain. */
  public SheddingFilter(ServiceGate gate) {
    this.gate = gate;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    DispatcherType type = request.getDispatcherType();
    FilterCall call = (FilterCall) request.getAttribute(attribute);
    if (call != null && type == DispatcherType.ASYNC) {
      call.serve(request, response, chain);
    } else if (call == null
        && type == DispatcherType.REQUEST
        && request instanceof HttpServletRequest http
        && response instanceof HttpServletResponse answer) {
      call = new FilterCall(http, answer);
      request.setAttribute(attribute, call);
      if (call.enter()) {
        call.serve(request, response, chain);
      }
    } else {
      chain.doFilter(request, response); // a part of a request that is inside
    }
  }

  private final class FilterCall extends Call implements AsyncListener {
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private @Nullable AsyncContext wait;
    private long timeoutMillis;
    private boolean begun;

    FilterCall(HttpServletRequest request, HttpServletResponse response) {
      super(gate, request::getHeader);
      this.request = request;
      this.response = response;
    }

    void serve(ServletRequest same, ServletResponse answer, FilterChain chain)
        throws IOException, ServletException {
      if (!begun) {
        begun = true;
        started();
      }
      try {
        chain.doFilter(same, answer);
      } catch (Throwable e) {
        end(Outcome.IGNORED);
        throw e;
      }
      if (same.isAsyncStarted()) {
        same.getAsyncContext().addListener(this);
      } else {
        end(response.getStatus());
      }
    }

    /** How long it may wait is for the strategy to say. */
    @Override
    protected void park() {
      AsyncContext context = request.startAsync(request, response);
      timeoutMillis = context.getTimeout();
      context.setTimeout(0);
      context.addListener(this);
      wait = context;
    }

    @Override
    protected void resume() {
      if (wait != null) {
        wait.dispatch();
      }
    }

    @Override
    protected void refuse() {
      response.setStatus(TOO_MANY_REQUESTS);
      response.setHeader("Retry-After", gate.retryAfter());
      if (wait != null) {
        wait.complete();
      }
    }

    /** The service goes on after a wait: with the container's own time limit. */
    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().setTimeout(timeoutMillis);
    }

    @Override
    public void onComplete(AsyncEvent event) {
      end(response.getStatus());
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      end(Outcome.DROPPED);
    }

    @Override
    public void onError(AsyncEvent event) {
      end(Outcome.IGNORED);
    }
  }
}
