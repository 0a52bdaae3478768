package shedlab.adapter;

import example.ServletExample;
import jakarta.servlet.http.HttpServlet;
import org.eclipse.jetty.server.Server;

final class JettyServletTest implements ServletContract {
  @Override
  public Running start(ServiceGate gate, HttpServlet service) throws Exception {
    Server server = ServletExample.start(0, gate, service);
    return new Running(server.getURI().getPort(), server::stop);
  }
}
