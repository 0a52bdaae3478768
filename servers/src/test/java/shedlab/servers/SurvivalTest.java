package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.servers.Waiting.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server process does when it runs out of file descriptors, or loses a thread. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class SurvivalTest {
  private static final int SOFT_LIMIT = 256;
  private static final int FLOOD = 600;

  private static List<Connection> flood(int port) throws Exception {
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < FLOOD; i++) {
      connections.add(Connection.to(port));
    }
    return connections;
  }

  private static void closeAll(List<Connection> connections) throws Exception {
    for (Connection connection : connections) {
      connection.close();
    }
  }

  private static boolean serves(int port) {
    try {
      return Connection.get(port, "/work?units=3").status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void moreConnectionsThanDescriptorsWaitUntilOthersClose(ServerKind kind) throws Exception {
    try (ServerProcess server =
        ServerProcess.start(List.of("prlimit", "--nofile=" + SOFT_LIMIT), kind)) {
      int most = server.ready().path("maxConnections").asInt();
      assertThat(most).isBetween(16, SOFT_LIMIT - 64);
      Connection early = Connection.to(server.port());
      assertThat(early.get("/work?units=3").read().status()).isEqualTo(200);
      List<Connection> flood = flood(server.port());
      for (Connection connection : flood.subList(0, most - 1)) {
        assertThat(connection.get("/work?units=3").read().status()).isEqualTo(200);
      }
      Connection beyond = flood.get(most - 1);
      assertThat(beyond.get("/work?units=3").isSilentFor(100)).isTrue();
      assertThat(early.get("/work?units=3").read().status()).isEqualTo(200);
      flood.remove(0).close();
      assertThat(beyond.read().status()).isEqualTo(200);
      closeAll(flood);
      await("it serves again").until(() -> serves(server.port()));
      early.close();
    }
  }

  /** Something else than connections takes the descriptors: none is left, not even for a file. */
  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void acceptsAgainWhenThereAreDescriptorsAgain(ServerKind kind) throws Exception {
    try (ServerProcess server = ServerProcess.start(List.of(), kind, "--max-connections=5000")) {
      Connection early = Connection.to(server.port());
      assertThat(early.get("/work?units=3").read().status()).isEqualTo(200);
      long pid = server.process().pid();
      limit(pid, "1");
      List<Connection> flood = flood(server.port());
      Connection last = flood.get(FLOOD - 1); // a blocked accept has its descriptor already
      assertThat(last.get("/healthz").isSilentFor(1_500)).isTrue();
      assertThat(early.get("/work?units=3").read().status()).isEqualTo(200);
      closeAll(flood);
      limit(pid, "4096");
      await("it serves again").until(() -> serves(server.port()));
      assertThat(early.get("/work?units=3").read().status()).isEqualTo(200);
      early.close();
      assertThat(server.process().isAlive()).isTrue();
    }
  }

  /** Sets the soft limit, which may be raised again. */
  private static void limit(long pid, String descriptors) throws Exception {
    Process prlimit =
        new ProcessBuilder("prlimit", "--pid=" + pid, "--nofile=" + descriptors + ":")
            .inheritIO()
            .start();
    assertThat(prlimit.waitFor()).isZero();
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void endsWhenAThreadThatItCannotDoWithoutHasDied(ServerKind kind) throws Exception {
    try (ServerProcess server =
        ServerProcess.start(List.of(), kind, "--strategy=test-kills-thread+none")) {
      Connection connection = Connection.to(server.port()).get("/work?units=3");
      assertThat(server.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(server.process().exitValue()).isEqualTo(4);
      assertThat(server.errors())
          .contains(" has ended (expected: it runs until the server stops)\n");
      connection.close();
    }
  }

  @Test
  void endsWhenItsStandardInputEndsOrIsSilentIfItHasALease() throws Exception {
    try (ServerProcess left =
        ServerProcess.start(List.of(), ServerKind.NETTY, "--lease-seconds=3600")) {
      left.process().getOutputStream().close();
      assertThat(left.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(left.process().exitValue()).isEqualTo(ServerMain.ORPHAN);
    }
    Process cutOff =
        new ProcessBuilder(
                ServerProcess.command(List.of(), "--server=netty", "--port=0", "--lease-seconds=1"))
            .start();
    assertThat(cutOff.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(cutOff.exitValue()).isEqualTo(ServerMain.ORPHAN);
  }
}
