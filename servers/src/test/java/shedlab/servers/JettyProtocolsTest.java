package shedlab.servers;

final class JettyProtocolsTest extends ProtocolsContract {
  JettyProtocolsTest() {
    super(ServerKind.JETTY);
  }
}
