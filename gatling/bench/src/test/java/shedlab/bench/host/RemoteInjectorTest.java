package shedlab.bench.host;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RemoteInjectorTest {
  @Test
  void oneThatHangsWhenItIsToldItsStartDoesNotHangTheRun() throws IOException {
    // The kernel takes the connection, and nobody ever reads from it.
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      var injector =
          new RemoteInjector(
              "injector", url, OptionalLong.empty(), () -> {}, Duration.ofMillis(100));

      assertThatThrownBy(() -> injector.start(0))
          .isInstanceOf(HostException.class)
          .hasMessage("injector: request timed out (expected: an answer of " + url + ")");
    }
  }
}
