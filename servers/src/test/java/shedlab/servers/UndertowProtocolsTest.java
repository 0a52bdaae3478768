package shedlab.servers;

import org.junit.jupiter.api.Test;

final class UndertowProtocolsTest extends ProtocolsContract {
  UndertowProtocolsTest() {
    super(ServerKind.UNDERTOW);
  }

  @Test
  void aClientThatLeavesFreesItsPlaceOverTlsToo() throws Exception {
    noticesOverTlsThatAClientHasLeft();
  }
}
