package shedlab.bench.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import shedlab.report.clock.ClockOffset;

class RemoteClockTest {
  private static final long AHEAD = 3_000_000_000L;

  private long now;

  @Test
  void ofTenExchangesTheFastestSaysHowFarTheOtherClockIsAhead() throws Exception {
    PrimitiveIterator.OfLong ways =
        LongStream.of(900, 700, 800, 600, 500, 20, 400, 300, 999, 850).iterator();
    RemoteClock clock =
        new RemoteClock(
            () -> now,
            () -> {
              long way = ways.nextLong();
              now += way;
              long reading = now + AHEAD;
              now += way;
              return reading;
            });

    assertThat(clock.offset()).isEqualTo(new ClockOffset(AHEAD, 20));
    assertThat(ways).isExhausted();
  }

  @Test
  void aClockThatDoesNotAnswerHasNoOffset() {
    RemoteClock clock =
        new RemoteClock(
            () -> now,
            () -> {
              throw new IOException("closed");
            });

    assertThatThrownBy(clock::offset).isInstanceOf(IOException.class).hasMessage("closed");
  }
}
