package shedlab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings along a profile: sizes, and a speed of their own. */
class PlaybackTest {
  /** Two seconds: in the first 100 ms of each, 50 requests, and 10 in the rest. */
  private static final String BURSTS = bursts();

  private static final int SLOT = 100_000_000;

  private static String bursts() {
    StringBuilder steps = new StringBuilder("trace:steps=0");
    IntStream.range(0, 2)
        .forEach(
            second -> {
              steps.append("-2000".repeat(50));
              steps.append("-90000".repeat(10));
            });
    return steps.toString();
  }

  private static int[] counts(String text, LoadProfile profile) {
    return ArrivalSchedule.of(ArrivalProcess.parse(text), profile, 5).countsPer(SLOT);
  }

  @Test
  void everyRequestTakesItsSizeAlong() {
    ArrivalProcess process = ArrivalProcess.parse("trace:steps=0-10-30,sizes=1-2-6");
    ArrivalSchedule schedule = ArrivalSchedule.of(process, LoadProfile.constant(100, 0.08), 1);

    // Sizes of mean 3. The last request is the first of the next time.
    assertThat(IntStream.range(0, schedule.size()).mapToObj(schedule::work))
        .containsExactly(1 / 3.0, 2 / 3.0, 2.0, 2 / 3.0, 2.0, 2 / 3.0, 2.0, 2 / 3.0);
    assertThat(ServiceLaw.deterministic(300).units(schedule, 1))
        .containsExactly(100, 200, 600, 200, 600, 200, 600, 200);
    DrawnRequests drawn =
        DrawnRequests.of(
            process, LoadProfile.constant(100, 0.08), ServiceLaw.exponential(1_000_000), 1);
    int[] ofLaw = ServiceLaw.exponential(1_000_000).units(schedule.size(), 1);
    var units = drawn.units();
    for (int i = 0; i < schedule.size(); i++) {
      assertThat((double) units.getAsInt())
          .isCloseTo(Math.min(10_000_000, ofLaw[i] * schedule.work(i)), within(2.0));
    }
  }

  @Test
  void withoutASpeedABurstIsLongerTheLowerTheRate() {
    // 60 requests a second are 1: at 30/s, two seconds become four.
    int[] counts = counts(BURSTS, LoadProfile.constant(30, 4));

    assertThat(Arrays.stream(counts, 0, 3).sum()).isCloseTo(50, within(2));
    assertThat(Arrays.stream(counts, 3, 20).sum()).isCloseTo(10, within(2));
    assertThat(Arrays.stream(counts, 20, 23).sum()).isCloseTo(50, within(2));
  }

  @ParameterizedTest
  @CsvSource({"1, 300", "1, 30", "2, 600", "0.5, 60", "0.5, 3", "1.0, 6000"})
  void withASpeedABurstLastsAsLongAtAnyRate(double speed, double rate) {
    LoadProfile profile = LoadProfile.constant(rate, 200);
    int[] counts = counts(BURSTS + ",speed=" + speed, profile);
    double[] share = new double[(int) Math.round(10 / speed)];
    for (int i = 0; i < counts.length; i++) {
      share[i % share.length] += counts[i];
    }
    double sum = Arrays.stream(counts).sum();

    assertThat(sum).isCloseTo(200 * rate, within(4 * Math.sqrt(200 * rate)));
    // A burst begins half a mean gap late, and takes 100 ms of recorded time.
    int slots = Math.max(1, (int) Math.round(1 / speed));
    double inBurst = Arrays.stream(share, 0, slots + 1).sum() / sum;
    assertThat(inBurst).isBetween(0.8, 0.93);
  }

  @Test
  void atItsOwnRateAndSpeedARecordingIsPlayedAsItWas() {
    ArrivalProcess process = ArrivalProcess.parse("trace:steps=7-100000-300000,speed=1");
    ArrivalSchedule schedule = ArrivalSchedule.of(process, LoadProfile.constant(5, 1), 3);

    assertThat(Arrays.stream(schedule.toArray()).map(t -> Math.round(t / 1e6)))
        .containsExactly(100L, 200L, 500L, 600L, 900L);
  }

  @Test
  void copiesHaveTheSizeOfTheirRequest() {
    ArrivalProcess process = ArrivalProcess.parse("trace:steps=0-1000-1000,sizes=5-1-3,speed=1");
    LoadProfile profile = LoadProfile.constant(20_000, 1);
    ArrivalSchedule schedule = ArrivalSchedule.of(process, profile, 3);

    assertThat(schedule.toArray()).isSorted();
    assertThat(schedule.size()).isCloseTo(20_000, within(500));
    // The first is played once; then the two others follow each other, each twenty times.
    double mean =
        IntStream.range(0, schedule.size()).mapToDouble(schedule::work).average().orElse(0);
    assertThat(mean).isCloseTo(2 / 3.0, within(0.02));
    assertThat(
            IntStream.range(0, schedule.size())
                .mapToObj(i -> Math.round(3 * schedule.work(i)))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(5L, 1L, 3L);
  }

  @Test
  void thePhasesOfALoadKeepTheirRates() {
    LoadProfile profile = LoadProfile.constant(60, 50).then(0, 10).then(300, 50);
    int[] counts = counts(BURSTS + ",speed=1", profile);

    assertThat(Arrays.stream(counts, 0, 500).sum()).isCloseTo(3_000, within(200));
    assertThat(Arrays.stream(counts, 510, 600).sum()).isZero();
    assertThat(Arrays.stream(counts, 600, 1_100).sum()).isCloseTo(15_000, within(500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",speed=2.0", ",speed=0.25"})
  void theSameSeedGivesTheSameArrivals(String speed) {
    ArrivalProcess process = ArrivalProcess.parse(BURSTS + speed);
    ArrivalProcess elsewhere = ArrivalProcess.parse(process.whole());
    LoadProfile profile = LoadProfile.constant(90, 9);

    assertThat(process.toString()).endsWith(speed);
    assertThat(elsewhere).isEqualTo(process);
    assertThat(ArrivalSchedule.of(elsewhere, profile, 4).toArray())
        .isEqualTo(ArrivalSchedule.of(process, profile, 4).toArray())
        .isSorted();
    Arrivals arrivals = process.along(profile, 4);
    while (arrivals.nextNanos() != Arrivals.END) {
      assertThat(arrivals.work()).isEqualTo(1);
    }
    assertThat(arrivals.nextNanos()).isEqualTo(Arrivals.END);
  }

  @Test
  void anotherSpeedIsAnotherProcessAndItsNameKeepsIt() {
    ArrivalProcess process = ArrivalProcess.parse(BURSTS + ",speed=2");
    ArrivalProcess named = ArrivalProcess.parse(process.toString());

    assertThat(process).isNotEqualTo(ArrivalProcess.parse(BURSTS));
    assertThat(ArrivalProcess.parse(BURSTS + ",speed=load"))
        .isEqualTo(ArrivalProcess.parse(BURSTS));
    assertThat(named).isEqualTo(process);
    assertThat(named.missing()).contains(process.trace().orElseThrow().digest());
    assertThat(named.with(process.trace().orElseThrow()).whole()).isEqualTo(process.whole());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trace:steps=0-1,speed=fast | speed: fast (expected: a number from 0.01 to 100, or load)",
        "trace:steps=0-1,speed=0 | speed: 0 (expected: a number from 0.01 to 100, or load)",
        "trace:steps=0-1,speed=-1 | speed: -1 (expected: a number from 0.01 to 100, or load)",
        "trace:steps=0-1,speed=NaN | speed: NaN (expected: a number from 0.01 to 100, or load)",
        "trace:steps=0-1,speed=1,speed=2 | speed: 1 (expected: each key once)",
        "trace:steps=0-1,speed=2 | speed: 2.0 (expected: at most 1000000 recorded requests per second)",
        "trace:steps=0-1-5,sizes=1-2 | sizes: 2 (expected: as many as steps: 3)",
        "trace:steps=0-1,sizes=1-x | sizes: x (expected: a number above 0 of up to 7 digits, and",
        "trace:speed=2 | trace.file: (not given) (expected: the path of a file)",
      })
  void whatCannotBePlayedIsRefused(String text, String message) {
    assertThatThrownBy(() -> ArrivalProcess.parse(text)).hasMessageStartingWith(message);
  }
}
