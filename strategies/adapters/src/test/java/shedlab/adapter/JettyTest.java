package shedlab.adapter;

import example.JettyExample;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

final class JettyTest implements AdapterContract {
  @Override
  public Running start(ServiceGate gate, Service service) throws Exception {
    Server server = JettyExample.start(0, gate, new Serving(service));
    return new Running(server.getURI().getPort(), server::stop);
  }

  private static final class Serving extends Handler.Abstract {
    private final Service service;

    Serving(Service service) {
      this.service = service;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String path = Request.getPathInContext(request);
      response.setStatus(service.serve(path));
      Content.Sink.write(response, true, path, callback);
      return true;
    }
  }
}
