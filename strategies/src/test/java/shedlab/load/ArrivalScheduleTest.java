package shedlab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.load.LoadProfile.Segment;

final class ArrivalScheduleTest {
  private static final LoadProfile STAIRS =
      new LoadProfile(List.of(new Segment(100, 2), new Segment(0, 1), new Segment(400, 2)));

  @Test
  void constantArrivalsAreEvenlySpaced() {
    ArrivalSchedule schedule = ArrivalSchedule.constant(LoadProfile.constant(100, 1));

    assertThat(schedule.size()).isEqualTo(100);
    for (int i = 0; i < 100; i++) {
      assertThat(schedule.startNanos(i)).isCloseTo(5_000_000L + i * 10_000_000L, within(2L));
    }
  }

  @Test
  void everySegmentKeepsItsOwnRate() {
    assertThat(ArrivalSchedule.constant(STAIRS).countsPer(1_000_000_000))
        .containsExactly(100, 100, 0, 400, 400);
    int[] poisson = ArrivalSchedule.poisson(STAIRS, 7).countsPer(1_000_000_000);
    assertThat(poisson[0]).isCloseTo(100, within(40));
    assertThat(poisson[2]).isZero();
    assertThat(poisson[4]).isCloseTo(400, within(80));
  }

  @Test
  void aFractionOfASecondIsKept() {
    ArrivalSchedule schedule = ArrivalSchedule.constant(LoadProfile.constant(10, 1.5));

    assertThat(schedule.size()).isEqualTo(15);
    assertThat(schedule.lengthNanos()).isEqualTo(1_500_000_000L);
    assertThat(schedule.countsPer(1_000_000_000)).containsExactly(10, 5);
  }

  @Test
  void theSameSeedGivesTheSameArrivals() {
    assertThat(ArrivalSchedule.poisson(STAIRS, 42).toArray())
        .isEqualTo(ArrivalSchedule.poisson(STAIRS, 42).toArray())
        .isNotEqualTo(ArrivalSchedule.poisson(STAIRS, 43).toArray());
  }

  /** Pins the bytes: a published run must be repeatable years later, on another JDK. */
  @Test
  void theFirstArrivalsOfASeedNeverChange() {
    long[] first =
        Arrays.copyOf(ArrivalSchedule.poisson(LoadProfile.constant(1_000, 1), 1).toArray(), 3);

    assertThat(first).containsExactly(568_169, 861_491, 890_917);
  }

  @Test
  void poissonArrivalsAscendAndStayInsideTheProfile() {
    ArrivalSchedule schedule = ArrivalSchedule.poisson(LoadProfile.constant(2_000, 5), 3);

    assertThat(schedule.toArray()).isSorted();
    assertThat(schedule.startNanos(0)).isNotNegative();
    assertThat(schedule.startNanos(schedule.size() - 1)).isLessThan(schedule.lengthNanos());
  }

  @Test
  void poissonCountsHaveTheMeanAndTheDispersionOfPoisson() {
    ArrivalSchedule schedule = ArrivalSchedule.poisson(LoadProfile.constant(1_000, 200), 11);
    int[] counts = schedule.countsPer(10_000_000);
    double mean = Arrays.stream(counts).average().orElseThrow();
    double variance =
        Arrays.stream(counts).mapToDouble(c -> (c - mean) * (c - mean)).sum() / (counts.length - 1);

    assertThat(mean).isCloseTo(10, within(0.1));
    assertThat(variance / mean).isCloseTo(1, within(0.05));
  }

  @Test
  void aProfileRefusesImpossibleValues() {
    assertThatThrownBy(() -> new Segment(-1, 1))
        .hasMessage("ratePerSecond: -1.0 (expected: a number from 0)");
    assertThatThrownBy(() -> new Segment(1, Double.NaN))
        .hasMessage("seconds: NaN (expected: a number above 0)");
    assertThatThrownBy(() -> new LoadProfile(List.of()))
        .hasMessage("segments: [] (expected: at least one)");
  }

  @Test
  void partsTakeTurnsAndAreTogetherTheWhole() {
    ArrivalProcess sized = ArrivalProcess.parse("trace:steps=0-1200-80-3000,sizes=1-0.5-2-3");
    ArrivalSchedule whole = ArrivalSchedule.of(sized, LoadProfile.constant(100, 1), 1);
    for (int of = 1; of <= 5; of++) {
      int together = 0;
      for (int rest = 0; rest < of; rest++) {
        ArrivalSchedule part = whole.part(rest, of);
        for (int i = 0; i < part.size(); i++) {
          assertThat(part.startNanos(i)).isEqualTo(whole.startNanos(rest + i * of));
          assertThat(part.work(i)).isEqualTo(whole.work(rest + i * of));
        }
        together += part.size();
        assertThat(part.lengthNanos()).isEqualTo(whole.lengthNanos());
      }
      assertThat(together).isEqualTo(whole.size());
    }
    assertThat(whole.part(0, 1).toArray()).isEqualTo(whole.toArray());
    assertThat(whole.part(whole.size(), whole.size() + 1).size()).isZero();
  }
}
