package shedlab.bench.refusals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import shedlab.bench.host.HostException;
import shedlab.bench.refusals.Generator.Count;

/** Outputs of wrk 4.1.0 as Debian has it. */
class WrkOutputTest {
  private static final String HEAD =
      """
      Running 2s test @ http://127.0.0.1:8080/work
        1 threads and 32 connections
        Thread Stats   Avg      Stdev     Max   +/- Stdev
          Latency   590.03us  102.67us   2.69ms   90.25%
          Req/Sec    54.31k     2.30k   57.07k    85.00%
      """;

  @Test
  void refusalsAreAnswersWithAStatusOf400OrAbove() {
    Count count =
        WrkOutput.read(
            HEAD
                + """
                  108080 requests in 2.00s, 16.29MB read
                  Non-2xx or 3xx responses: 108080
                Requests/sec:  54027.61
                Transfer/sec:      8.14MB
                """,
            true);

    assertThat(count.answers()).isEqualTo(108_080);
    assertThat(count.refused()).isEqualTo(108_080);
    assertThat(count.failed()).isZero();
    assertThat(count.seconds()).isCloseTo(2.000459, within(1e-6));
  }

  @Test
  void withoutALineOfThemThereAreNone() {
    Count count =
        WrkOutput.read(
            HEAD
                + """
                  95012 requests in 1.00s, 10.87MB read
                Requests/sec:  95001.11
                Transfer/sec:     10.87MB
                """,
            true);

    assertThat(count.answers()).isEqualTo(95_012);
    assertThat(count.refused()).isZero();
  }

  @Test
  void allKindsOfSocketErrorsCount() {
    Count count =
        WrkOutput.read(
            HEAD
                + """
                  1200 requests in 1.01m, 10.87MB read
                  Socket errors: connect 1, read 20, write 300, timeout 4000
                  Non-2xx or 3xx responses: 1200
                Requests/sec:     20.00
                Transfer/sec:     10.87KB
                """,
            true);

    assertThat(count.failed()).isEqualTo(4_321);
    assertThat(count.seconds()).isEqualTo(60);
  }

  @Test
  void theEndOfAConnectionIsNoErrorWhereEachRequestHasItsOwn() {
    String output =
        HEAD
            + """
              16826 requests in 1.00s, 2.57MB read
              Socket errors: connect 0, read 16819, write 0, timeout 0
              Non-2xx or 3xx responses: 16826
            Requests/sec:  16818.55
            Transfer/sec:      2.57MB
            """;

    assertThat(WrkOutput.read(output, true).failed()).isEqualTo(16_819);
    assertThat(WrkOutput.read(output, false).failed()).isZero();
    assertThat(WrkOutput.read(output.replace("connect 0", "connect 3"), false).failed())
        .isEqualTo(3);
  }

  @Test
  void aLoadWithoutAnAnswerTookNoTime() {
    Count count =
        WrkOutput.read(
            HEAD
                + """
                  0 requests in 1.00s, 0.00B read
                Requests/sec:      0.00
                Transfer/sec:       0.00B
                """,
            true);

    assertThat(count).isEqualTo(new Count(0, 0, 0, 0));
  }

  @Test
  void anotherTextIsRefusedInOneLine() {
    assertThatThrownBy(() -> WrkOutput.read(HEAD, true))
        .isInstanceOf(HostException.class)
        .hasMessageStartingWith("wrk: Req/Sec    54.31k")
        .hasMessageEndingWith("(expected: its counts at the end, as wrk 4 prints them)");
  }
}
