package shedlab.adapter;

import example.UndertowExample;
import io.undertow.Undertow;
import java.net.InetSocketAddress;

final class UndertowTest implements AdapterContract {
  @Override
  public Running start(ServiceGate gate, Service service) {
    Undertow server =
        UndertowExample.start(
            0,
            gate,
            exchange -> {
              exchange.setStatusCode(service.serve(exchange.getRequestPath()));
              exchange.getResponseSender().send(exchange.getRequestPath());
            });
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return new Running(address.getPort(), server::stop);
  }
}
