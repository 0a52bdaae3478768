package shedlab.bench.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import shedlab.report.clock.ClockOffset;
import shedlab.report.result.Check;

class ClockChecksTest {
  @Test
  void aServersClockMayBeAheadButHasToBeKnownToATenthOfTheTimeBetweenTwoSamples() {
    var known = new ClockOffset(3_000_000_000L, 10_000_000);
    assertThat(ClockChecks.server(known))
        .extracting(Check::name, Check::value, Check::ok)
        .containsExactly(
            tuple("server's clock ahead by, s", "3.0000", true),
            tuple("server's clock known to, s", "0.010", true));
    var drifting = known.spanning(new ClockOffset(3_020_000_000L, 1_000_000));
    assertThat(ClockChecks.server(drifting))
        .filteredOn(check -> !check.ok())
        .extracting(Check::name, Check::value)
        .containsExactly(tuple("server's clock known to, s", "0.016"));
    assertThat(ClockChecks.server(ClockOffset.SAME)).isEmpty();
  }
}
