package shedlab.servers;

final class UndertowProtocolsTest extends ProtocolsContract {
  UndertowProtocolsTest() {
    super(ServerKind.UNDERTOW);
  }
}
