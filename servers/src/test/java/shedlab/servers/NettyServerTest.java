package shedlab.servers;

final class NettyServerTest extends HostedServerContract {
  NettyServerTest() {
    super(ServerKind.NETTY);
  }
}
