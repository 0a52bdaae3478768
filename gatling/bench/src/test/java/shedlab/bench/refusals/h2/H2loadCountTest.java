package shedlab.bench.refusals.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import shedlab.bench.host.HostException;
import shedlab.bench.refusals.h2.H2loadCount.Status;

/** Outputs of h2load 1.52.0 as Debian has it, of a Netty server that refuses everything. */
class H2loadCountTest {
  private static final String HEAD =
      """
      TLS Protocol: TLSv1.3
      Cipher: TLS_AES_128_GCM_SHA256
      Server Temp Key: X25519 253 bits
      Application protocol: h2
      Main benchmark duration is over for thread #0. Stopping all clients.
      Stopped all clients for thread #0

      """;

  private static final String TIMES =
      """
                           min         max         mean         sd        +/- sd
      time for request:      917us    186.03ms     16.66ms     25.35ms    96.84%
      """;

  @Test
  void repliesAreCountedByTheirStatus() {
    H2loadCount count =
        H2loadCount.read(
            HEAD
                + """
                finished in 1.00s, 158.00 req/s, 4.99KB/s
                requests: 158 total, 162 started, 158 done, 0 succeeded, 158 failed, 0 errored, 0 timeout
                status codes: 0 2xx, 0 3xx, 158 4xx, 0 5xx
                traffic: 4.99KB (5110) total, 1.32KB (1356) headers (space savings 92.41%), 790B (790) data
                """
                + TIMES);

    assertThat(count).isEqualTo(new H2loadCount(1, 158, 0, 0, new Status(0, 0, 158, 0)));
    assertThat(count.resets()).isZero();
    assertThat(count.closed()).isZero();
    assertThat(count.refusals()).isEqualTo(158);
  }

  @Test
  void aStreamThatIsResetIsDoneWithoutAStatus() {
    H2loadCount count =
        H2loadCount.read(
            HEAD
                + """
                finished in 1.01s, 0.00 req/s, 1.91KB/s
                requests: 141 total, 145 started, 141 done, 0 succeeded, 141 failed, 141 errored, 0 timeout
                status codes: 0 2xx, 0 3xx, 0 4xx, 0 5xx
                traffic: 1.91KB (1953) total, 0B (0) headers (space savings 0.00%), 0B (0) data
                """);

    assertThat(count.resets()).isEqualTo(141);
    assertThat(count.closed()).isZero();
    assertThat(count.refusals()).isEqualTo(141);
  }

  /** The server counted 500 as shed. */
  @Test
  void aConnectionThatIsClosedLeavesItsRequestUndone() {
    H2loadCount count =
        H2loadCount.read(
            HEAD
                + """
                finished in 7.34s, 56.26 req/s, 7.20KB/s
                requests: 500 total, 413 started, 413 done, 0 succeeded, 500 failed, 87 errored, 0 timeout
                status codes: 0 2xx, 0 3xx, 413 4xx, 0 5xx
                traffic: 52.83KB (54103) total, 31.46KB (32214) headers (space savings 30.97%), 2.02KB (2065) data
                """);

    assertThat(count.seconds()).isEqualTo(7.34);
    assertThat(count.resets()).isZero();
    assertThat(count.closed()).isEqualTo(87);
    assertThat(count.refusals()).isEqualTo(500);
  }

  @Test
  void anotherTextIsRefusedInOneLine() {
    assertThatThrownBy(() -> H2loadCount.read(HEAD))
        .isInstanceOf(HostException.class)
        .hasMessage(
            "h2load: Stopped all clients for thread #0 (expected: its counts at the end, as h2load"
                + " prints them)");
  }
}
