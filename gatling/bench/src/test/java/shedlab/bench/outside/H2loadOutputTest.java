package shedlab.bench.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import shedlab.bench.host.HostException;
import shedlab.bench.outside.H2loadOutput.Counts;

/** Outputs of h2load 1.52.0 as Debian has it. */
class H2loadOutputTest {
  private static final String HEAD =
      """
      starting benchmark...
      spawning thread #0: 8 total client(s). Timing-based test with 0s of warm-up time and 2s of main duration for measurements.
      Main benchmark duration is over for thread #0. Stopping all clients.
      Stopped all clients for thread #0

      """;

  @Test
  void refusalsAreDoneAndNotSucceeded() {
    Counts counts =
        H2loadOutput.read(
            HEAD
                + """
                finished in 2.00s, 1000.00 req/s, 157.23KB/s
                requests: 2000 total, 2008 started, 2000 done, 0 succeeded, 2000 failed, 0 errored, 0 timeout
                status codes: 0 2xx, 0 3xx, 2000 4xx, 0 5xx
                traffic: 314.45KB (322000) total, 267.58KB (274000) headers (space savings 0.00%), 9.77KB (10000) data
                """);

    assertThat(counts).isEqualTo(new Counts(2_000, 0, 0, 2_000, 0, 0, 0, 2));
    assertThat(counts.answers()).isEqualTo(2_000);
  }

  @Test
  void aStreamThatIsResetIsDoneAndErroredAndHasNoStatus() {
    Counts counts =
        H2loadOutput.read(
            HEAD
                + """
                finished in 2.00s, 0.00 req/s, 9.13KB/s
                requests: 1420 total, 1428 started, 1420 done, 0 succeeded, 1420 failed, 1420 errored, 0 timeout
                status codes: 0 2xx, 0 3xx, 0 4xx, 0 5xx
                traffic: 18.26KB (18700) total, 0B (0) headers (space savings 0.00%), 0B (0) data
                """);

    assertThat(counts).isEqualTo(new Counts(1_420, 0, 0, 0, 0, 1_420, 0, 2));
    assertThat(counts.answers()).isZero();
  }

  @Test
  void eachStatusErrorsAndTimeOutsAreReadOfTheirOwnPlaces() {
    Counts counts =
        H2loadOutput.read(
            HEAD
                + """
                finished in 500.00ms, 20.00 req/s, 1.23KB/s
                requests: 15 total, 15 started, 10 done, 7 succeeded, 8 failed, 3 errored, 2 timeout
                status codes: 4 2xx, 3 3xx, 2 4xx, 1 5xx
                """);

    assertThat(counts).isEqualTo(new Counts(10, 4, 3, 2, 1, 3, 2, 0.5));
    assertThat(counts.answers()).isEqualTo(10);
  }

  @Test
  void anotherTextIsRefusedInOneLine() {
    assertThatThrownBy(() -> H2loadOutput.read(HEAD))
        .isInstanceOf(HostException.class)
        .hasMessage(
            "h2load: Stopped all clients for thread #0 (expected: its counts at the end, as h2load"
                + " prints them)");
  }
}
