package shedlab.servers.jetty;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.Callback;
import shedlab.servers.endpoint.NativeLimit;

/** Jetty's {@code QoSHandler}, with a continuation for each request. */
final class JettyLimiter extends QoSHandler {
  private JettyLimiter(NativeLimit settings) {
    super(new Admitted());
    setMaxRequestCount(settings.limit());
    setMaxSuspendedRequestCount(settings.queue());
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
    try {
      handle(new Limited(request, admitted, refused), response, callback);
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }

  @Override
  protected void reject(Request request, Response response, Callback callback, int status) {
    Limited limited = Request.as(request, Limited.class);
    if (limited == null) {
      super.reject(request, response, callback, status);
    } else {
      limited.refused.run();
    }
  }

  private static final class Limited extends Request.Wrapper {
    private final Runnable admitted;
    private final Runnable refused;

    Limited(Request request, Runnable admitted, Runnable refused) {
      super(request);
      this.admitted = admitted;
      this.refused = refused;
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
