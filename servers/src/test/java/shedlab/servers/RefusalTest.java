package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.servers.host.ServerConfig;

/** Why a server cannot listen, whatever the language in which the system says so. */
final class RefusalTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1 | 8080 | Die Adresse kann nicht zugewiesen werden | host: 192.0.2.1 (expected: an address of this machine)",
        "127.0.0.1 | 8080 | Die Adresse wird bereits verwendet | port: 8080 (expected: a free port)",
        "127.0.0.2 | 8080 | Die Adresse wird bereits verwendet | port: 8080 (expected: a free port)",
        "0.0.0.0 | 80 | Keine Berechtigung | port: 80 (expected: a free port that this user may open)",
      })
  void saysWhichOfAddressAndPortIsWrong(String host, int port, String said, String refusal) {
    ServerConfig usual = Configs.with("none");
    ServerConfig config =
        new ServerConfig(
            usual.strategy(),
            new ServerConfig.Listening(
                usual.listening().protocol(), host, port, usual.listening().acceptBacklog(), 100),
            usual.threads(),
            usual.placement(),
            usual.retryAfter(),
            usual.refuseWith(),
            usual.taskUnits(),
            usual.tickMillis(),
            usual.sampling(),
            usual.drainSeconds());

    assertThat(Refusal.toStart(config, new BindException(said))).hasMessage(refusal);
  }
}
