package shedlab.report.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {
  @Test
  void theExchangeWithTheLeastRoundTripDecides() {
    ClockExchange slow = new ClockExchange(1_000, 51_000, 9_000);
    ClockExchange fast = new ClockExchange(20_000, 70_500, 21_001);

    assertThat(ClockOffset.of(List.of(slow, fast))).isEqualTo(new ClockOffset(49_999, 501));
    assertThat(ClockOffset.of(List.of(fast, slow))).isEqualTo(ClockOffset.of(List.of(fast)));
  }

  @Test
  void theTrueOffsetIsWithinTheUncertaintyHoweverUnevenTheWayIs() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 10_000; i++) {
      long truth = random.nextLong(-1L << 50, 1L << 50);
      List<ClockExchange> exchanges = new ArrayList<>();
      for (int k = 0; k < 4; k++) {
        long sent = random.nextLong(1L << 50);
        long way = random.nextLong(1_000_000);
        long back = random.nextLong(1_000_000);
        exchanges.add(new ClockExchange(sent, sent + way + truth, sent + way + back));
      }

      ClockOffset found = ClockOffset.of(exchanges);

      assertThat(Math.abs(found.offsetNanos() - truth))
          .isLessThanOrEqualTo(found.uncertaintyNanos());
      assertThat(found.mayEqual(new ClockOffset(truth, 0))).isTrue();
    }
  }

  @Test
  void aReadingOfOneClockIsTranslatedIntoTheOtherAndBack() {
    ClockOffset ahead = new ClockOffset(5_000, 10);

    assertThat(ahead.there(100)).isEqualTo(5_100);
    assertThat(ahead.here(ahead.there(100))).isEqualTo(100);
    assertThat(ClockOffset.SAME.there(100)).isEqualTo(100);
  }

  @Test
  void offsetsThatDifferByMoreThanTheirUncertaintiesAreNotTheSame() {
    ClockOffset before = new ClockOffset(1_000, 100);

    assertThat(before.mayEqual(new ClockOffset(1_300, 200))).isTrue();
    assertThat(before.mayEqual(new ClockOffset(1_301, 200))).isFalse();
  }

  @Test
  void anOffsetThatDriftsIsAsUncertainAsItsTwoEndsAllow() {
    ClockOffset before = new ClockOffset(1_000, 100);
    ClockOffset after = new ClockOffset(2_000, 50);

    assertThat(before.spanning(after)).isEqualTo(new ClockOffset(1_475, 575));
    assertThat(after.spanning(before)).isEqualTo(before.spanning(after));
    assertThat(before.spanning(before)).isEqualTo(before);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> ClockOffset.of(List.of()))
        .hasMessage("exchanges: 0 (expected: 1 or more)");
    assertThatThrownBy(() -> new ClockExchange(10, 0, 9))
        .hasMessage("round trip: -1 ns (expected: 0 or more)");
    assertThatThrownBy(() -> new ClockOffset(0, -1))
        .hasMessage("uncertaintyNanos: -1 (expected: 0 or more)");
  }

  @Test
  void twoStartsMayLieApartByWhatIsNotKnownOfBothClocks() {
    List<ClockOffset> clocks =
        List.of(new ClockOffset(7, 4), new ClockOffset(-3, 1), new ClockOffset(0, 3));

    assertThat(ClockOffset.apartNanos(clocks)).isEqualTo(7);
    assertThat(ClockOffset.apartNanos(clocks.subList(1, 2))).isEqualTo(1);
    assertThat(ClockOffset.apartNanos(List.of())).isZero();
  }
}
