package shedlab.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.adapter.AdapterContract.await;
import static shedlab.adapter.AdapterContract.idle;
import static shedlab.adapter.AdapterContract.recorded;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.admission.Outcome;

/** What the filter does in every container. */
interface ServletContract extends AdapterContract {
  /** A server with the filter and this servlet, both with asynchronous support. */
  Running start(ServiceGate gate, HttpServlet service) throws Exception;

  @Override
  default Running start(ServiceGate gate, Service service) throws Exception {
    return start(gate, new Serving(service));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fixed:limit=1", "fixed:limit=1+fifo:capacity=4,timeout=60min"})
  default void anAsynchronousServiceHoldsItsPermitUntilItCompletes(String strategy)
      throws Exception {
    Recorded admission = recorded(strategy);
    Later service = new Later();
    try (ServiceGate gate = new ServiceGate(admission, 1, headers -> Attributes.NONE);
        Running server = start(gate, service)) {
      var first = server.ask("/first");
      AsyncContext firstWork = service.begun.take();
      long timeout = firstWork.getTimeout();
      assertThat(admission.stats().inflight()).isEqualTo(1);
      var second = server.ask("/second");
      if (strategy.contains("fifo")) {
        await("the second waits", () -> admission.stats().waiting() == 1);
        complete(firstWork);
        AsyncContext secondWork = service.begun.take();
        assertThat(secondWork.getTimeout()).isEqualTo(timeout);
        complete(secondWork);
        assertThat(second.join().statusCode()).isEqualTo(202);
      } else {
        assertThat(second.join().statusCode()).isEqualTo(429);
        complete(firstWork);
      }

      assertThat(first.join().statusCode()).isEqualTo(202);
      await("all permits return", () -> idle(gate));
      assertThat(admission.outcomes()).containsOnly(Outcome.SUCCESS);
    }
  }

  @Test
  default void aServiceThatDispatchesItselfIsServedOnce() throws Exception {
    Recorded admission = recorded("fixed:limit=1");
    HttpServlet dispatching =
        new HttpServlet() {
          private static final long serialVersionUID = 1L;

          @Override
          protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
              response.setStatus(201);
            } else {
              request.startAsync().dispatch();
            }
          }
        };
    try (ServiceGate gate = new ServiceGate(admission, 1, headers -> Attributes.NONE);
        Running server = start(gate, dispatching)) {
      assertThat(server.ask("/").join().statusCode()).isEqualTo(201);

      await("its permit returns", () -> idle(gate));
      assertThat(admission.starts()).isEqualTo(1);
      assertThat(admission.outcomes()).containsExactly(Outcome.SUCCESS);
    }
  }

  @Test
  default void aServiceThatTakesTooLongIsASignOfOverload() throws Exception {
    Recorded admission = recorded("fixed:limit=1");
    HttpServlet endless =
        new HttpServlet() {
          private static final long serialVersionUID = 1L;

          @Override
          protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            request.startAsync().setTimeout(100); // Jetty forgets one of 1 ms
          }
        };
    try (ServiceGate gate = new ServiceGate(admission, 1, headers -> Attributes.NONE);
        Running server = start(gate, endless)) {
      assertThat(server.ask("/").join().statusCode()).isEqualTo(500);

      await("its permit returns", () -> idle(gate));
      assertThat(admission.outcomes()).containsExactly(Outcome.DROPPED);
    }
  }

  private static void complete(AsyncContext work) {
    ((HttpServletResponse) work.getResponse()).setStatus(202);
    work.complete();
  }

  /** Hands its work to the test. */
  final class Later extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient BlockingQueue<AsyncContext> begun = new LinkedBlockingQueue<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      begun.add(request.startAsync(request, response));
    }
  }

  final class Serving extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient Service service;

    Serving(Service service) {
      this.service = service;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        response.setStatus(service.serve(request.getRequestURI()));
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
      response.getWriter().write(request.getRequestURI());
    }
  }
}
