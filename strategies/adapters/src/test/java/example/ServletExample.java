package example;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import shedlab.adapter.ServiceGate;
import shedlab.adapter.servlet.SheddingFilter;

/** A servlet in any container; here it is Jetty's. */
public final class ServletExample {
  private ServletExample() {}

  /** Says hello on port 8080. */
  public static void main(String[] arguments) throws Exception {
    start(8080, ServiceGate.of("on-time:deadline=250ms"), new Hello());
  }

  /** Puts the gate in front of the service. */
  public static Server start(int port, ServiceGate gate, HttpServlet service) throws Exception {
    ServletContextHandler context = new ServletContextHandler();
    FilterHolder filter = new FilterHolder(new SheddingFilter(gate));
    filter.setAsyncSupported(true);
    context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
    ServletHolder servlet = new ServletHolder(service);
    servlet.setAsyncSupported(true);
    context.addServlet(servlet, "/*");
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    server.setHandler(context);
    server.start();
    return server;
  }

  private static final class Hello extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().write("hello\n");
    }
  }
}
