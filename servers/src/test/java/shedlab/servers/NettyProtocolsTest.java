package shedlab.servers;

import org.junit.jupiter.api.Test;

final class NettyProtocolsTest extends ProtocolsContract {
  NettyProtocolsTest() {
    super(ServerKind.NETTY);
  }

  @Test
  void aClientThatLeavesFreesItsPlaceOverTlsToo() throws Exception {
    noticesOverTlsThatAClientHasLeft();
  }
}
