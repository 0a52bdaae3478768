package example;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import shedlab.adapter.ServiceGate;
import shedlab.adapter.jetty.SheddingHandler;

/** A service on Jetty 12, without servlets. */
public final class JettyExample {
  private JettyExample() {}

  /** Says hello on port 8080. */
  public static void main(String[] arguments) throws Exception {
    start(8080, ServiceGate.of("on-time:deadline=250ms"), new Hello());
  }

  /** Puts the gate in front of the service. */
  public static Server start(int port, ServiceGate gate, Handler service) throws Exception {
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    server.setHandler(new SheddingHandler(gate, service));
    server.start();
    return server;
  }

  private static final class Hello extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Content.Sink.write(response, true, "hello\n", callback);
      return true;
    }
  }
}
