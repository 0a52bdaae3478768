package shedlab.servers.jetty;

import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.Callback;
import shedlab.servers.endpoint.NativeLimit;

/**
 * Jetty's {@code QoSHandler}, with a continuation for each request.
 *
 * <p>What finds no place in it is refused before it. The handler itself counts a request that it is
 * about to refuse among those that wait; a thread that gives permits back just then looks for one
 * that waits, finds none and looks again, for ever (Jetty 12.1.14). Between the end of a request
 * and its place here, microseconds, an arrival may be refused although a permit is free.
 */
final class JettyLimiter extends QoSHandler {
  private static final int UNLIMITED = -1;

  private final long places;
  private final AtomicLong taken = new AtomicLong();

  private JettyLimiter(NativeLimit settings) {
    super(new Admitted());
    setMaxRequestCount(settings.limit());
    setMaxSuspendedRequestCount(UNLIMITED);
    places = (long) settings.limit() + settings.queue();
  }

  /** A limiter that starts and stops with the server. */
  static JettyLimiter of(NativeLimit settings, org.eclipse.jetty.server.Server server) {
    JettyLimiter qos = new JettyLimiter(settings);
    qos.setServer(server);
    server.addBean(qos);
    return qos;
  }

  void pass(
      Request request, Response response, Callback callback, Runnable admitted, Runnable refused) {
    if (!take()) {
      refused.run();
      return;
    }
    // Listeners run last added first: the handler's own has given the permit back by then.
    Request.addCompletionListener(request, failure -> taken.decrementAndGet());
    try {
      handle(new Limited(request, admitted), response, callback);
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }

  private boolean take() {
    while (true) {
      long now = taken.get();
      if (now >= places) {
        return false;
      }
      if (taken.compareAndSet(now, now + 1)) {
        return true;
      }
    }
  }

  private static final class Limited extends Request.Wrapper {
    private final Runnable admitted;

    Limited(Request request, Runnable admitted) {
      super(request);
      this.admitted = admitted;
    }
  }

  private static final class Admitted extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Limited limited = Request.as(request, Limited.class);
      if (limited == null) {
        return false;
      }
      limited.admitted.run();
      return true;
    }
  }
}
