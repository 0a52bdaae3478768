package example;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import shedlab.adapter.ServiceGate;
import shedlab.adapter.undertow.SheddingHandler;

/** A service on Undertow. */
public final class UndertowExample {
  private UndertowExample() {}

  /** Says hello on port 8080. */
  public static void main(String[] arguments) {
    start(
        8080,
        ServiceGate.of("on-time:deadline=250ms"),
        exchange -> exchange.getResponseSender().send("hello\n"));
  }

  /** Puts the gate in front of the service. */
  public static Undertow start(int port, ServiceGate gate, HttpHandler service) {
    Undertow server =
        Undertow.builder()
            .addHttpListener(port, "localhost")
            .setHandler(new SheddingHandler(gate, service))
            .build();
    server.start();
    return server;
  }
}
