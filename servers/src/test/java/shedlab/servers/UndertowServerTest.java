package shedlab.servers;

final class UndertowServerTest extends HostedServerContract {
  UndertowServerTest() {
    super(ServerKind.UNDERTOW);
  }
}
