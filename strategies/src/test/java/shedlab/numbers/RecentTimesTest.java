package shedlab.numbers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentTimesTest {
  @Test
  void knowsOnlyTheLatest() {
    RecentTimes times = new RecentTimes(3);
    for (long nanos : new long[] {1_000_000, 1, 2, 3}) {
      times.record(nanos);
    }

    assertThat(times.size()).isEqualTo(3);
    assertThat(times.quantile(1)).isEqualTo(3);
    assertThat(times.mean()).isEqualTo(2.0);
    assertThat(times.shareWithin(1)).isEqualTo(1 / 3.0);
  }

  @Test
  void saysNothingOfNone() {
    RecentTimes times = new RecentTimes(3);

    assertThat(times.size()).isZero();
    assertThat(times.quantile(0.5)).isZero();
    assertThat(times.mean()).isZero();
    assertThat(times.shareWithin(Long.MAX_VALUE)).isZero();
  }

  @Test
  void quantilesAndTheMeanAreAtMostAThirtySecondTooLarge() {
    Random random = new Random(1);
    for (int run = 0; run < 200; run++) {
      int window = 1 + random.nextInt(100);
      RecentTimes times = new RecentTimes(window);
      Deque<Long> latest = new ArrayDeque<>();
      for (int i = random.nextInt(300); i >= 0; i--) {
        long nanos = random.nextLong() >>> (8 + random.nextInt(54));
        times.record(nanos);
        latest.add(nanos);
        if (latest.size() > window) {
          latest.remove();
        }
      }
      long[] sorted = latest.stream().mapToLong(Long::longValue).sorted().toArray();
      for (double share : new double[] {0, 0.1, 0.5, 0.9, 0.99, 1}) {
        long exact = sorted[(int) Math.max(1, Math.ceil(share * sorted.length)) - 1];
        assertThat(times.quantile(share)).isBetween(exact, exact + exact / 32 + 1);
        assertThat(times.shareWithin(times.quantile(share))).isGreaterThanOrEqualTo(share);
      }
      double mean = latest.stream().mapToLong(Long::longValue).average().orElseThrow();
      assertThat(times.mean()).isCloseTo(mean * 1.016, within(mean * 0.016 + 1));
    }
  }
}
