package shedlab.servers;

final class JettyServerTest extends HostedServerContract {
  JettyServerTest() {
    super(ServerKind.JETTY);
  }
}
