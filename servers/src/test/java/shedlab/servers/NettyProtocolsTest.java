package shedlab.servers;

final class NettyProtocolsTest extends ProtocolsContract {
  NettyProtocolsTest() {
    super(ServerKind.NETTY);
  }
}
