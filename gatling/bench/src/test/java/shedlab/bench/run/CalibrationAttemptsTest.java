package shedlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import shedlab.report.result.CellResult;

/** Calibrations on a clock of their own. */
class CalibrationAttemptsTest {
  private static final Capacity SETTLED = new Capacity(200, 195, 205, 1.0, null);
  private static final Capacity IDLE = new Capacity(150, 145, 155, 0.7, null);
  private static final Capacity SCATTERED = new Capacity(80, 16, 144, 1.0, null);
  private static final Duration COUNTED = Duration.ofSeconds(5);

  private final AtomicLong now = new AtomicLong();
  private final List<String> said = new ArrayList<>();
  private final List<Duration> announced = new ArrayList<>();
  private final List<Integer> times = new ArrayList<>();

  private final Progress progress =
      new Progress() {
        @Override
        public void phase(String what) {
          said.add(what);
        }

        @Override
        public void load(shedlab.report.raw.Progress report) {}

        @Override
        public void finished(CellResult cell, String verdict) {}

        @Override
        public void repeatsCalibration(Duration about) {
          announced.add(about);
        }
      };

  /** Attempts with these results, each of which takes 40 s and what it counts. */
  private Capacity best(Duration left, Capacity... results) throws IOException {
    long end = now.get() + left.toNanos();
    return new CalibrationAttempts(3, COUNTED, now::get, progress)
        .best(
            counted -> {
              times.add(counted);
              now.addAndGet(COUNTED.multipliedBy(counted).plusSeconds(40).toNanos());
              return results[times.size() - 1];
            },
            repeat -> now.get() + repeat.toNanos() <= end);
  }

  @Test
  void oneThatIsSettledIsNotRepeated() throws IOException {
    assertThat(best(Duration.ofHours(1), SETTLED)).isEqualTo(SETTLED);
    assertThat(said).isEmpty();
    assertThat(announced).isEmpty();
  }

  @Test
  void oneThatScattersIsRepeatedTwiceAsLongAndItsTimeIsAnnounced() throws IOException {
    assertThat(best(Duration.ofHours(1), SCATTERED, SCATTERED, SETTLED)).isEqualTo(SETTLED);
    assertThat(times).containsExactly(1, 2, 4);
    assertThat(announced).containsExactly(Duration.ofSeconds(50), Duration.ofSeconds(60));
    assertThat(said).containsOnly("calibration scatters, again for longer");
  }

  @Test
  void oneThatWasIdleIsRepeatedAsLong() throws IOException {
    assertThat(best(Duration.ofHours(1), IDLE, IDLE, IDLE)).isEqualTo(IDLE);
    assertThat(times).containsExactly(1, 1, 1);
    assertThat(announced).containsExactly(Duration.ofSeconds(45), Duration.ofSeconds(45));
  }

  @Test
  void withoutTheTimeForARepeatTheBestSoFarCounts() throws IOException {
    assertThat(best(Duration.ofSeconds(100), SCATTERED, IDLE, SETTLED)).isEqualTo(IDLE);
    assertThat(times).containsExactly(1, 2);
    assertThat(Duration.ofNanos(now.get())).isLessThanOrEqualTo(Duration.ofSeconds(100));
    assertThat(said)
        .containsExactly(
            "calibration scatters, again for longer",
            "calibration not saturated, and there is no time to repeat it");
  }
}
