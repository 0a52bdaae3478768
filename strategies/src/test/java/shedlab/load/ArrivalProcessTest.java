package shedlab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.spec.SpecException;

final class ArrivalProcessTest {
  private static final LoadProfile STEADY = LoadProfile.constant(1_000, 200);
  private static final int SLOT = 10_000_000; // a hundredth of a second

  @ParameterizedTest
  @ValueSource(strings = {"poisson", "constant", "bursts", "markov", "bursts:peak=20,on=10ms"})
  void everyProcessHasTheMeanRateOfTheProfile(String text) {
    int[] counts = counts(text, STEADY);

    // In Markov's case a standard error is 2.2 %.
    assertThat(Arrays.stream(counts).average().orElseThrow()).isCloseTo(10, within(0.7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"poisson", "constant", "bursts", "markov"})
  void theSameSeedGivesTheSameArrivalsAndTheyAscend(String text) {
    LoadProfile profile = LoadProfile.constant(1_000, 5).then(0, 1).then(3_000, 1);
    ArrivalProcess process = ArrivalProcess.parse(text);
    long[] once = ArrivalSchedule.of(process, profile, 9).toArray();

    assertThat(once).isSorted().isEqualTo(ArrivalSchedule.of(process, profile, 9).toArray());
    assertThat(once[once.length - 1]).isBetween(6_900_000_000L, 7_000_000_000L);
    assertThat(Arrays.stream(once).filter(t -> t >= 5_000_000_000L && t < 6_000_000_000L))
        .isEmpty();
  }

  @Test
  void burstsComeInAFixedRhythm() {
    // Five times the rate for 50 ms of each second, else 0.95/0.95 less what the bursts take.
    int[] counts = counts("bursts:peak=5,on=50ms,every=1s", STEADY);
    double inBursts =
        IntStream.range(0, counts.length)
            .filter(i -> i % 100 < 5)
            .map(i -> counts[i])
            .average()
            .orElseThrow();
    double between =
        IntStream.range(0, counts.length)
            .filter(i -> i % 100 >= 5)
            .map(i -> counts[i])
            .average()
            .orElseThrow();

    assertThat(inBursts).isCloseTo(50, within(1.0));
    assertThat(between).isCloseTo(10 * (1 - 0.25) / 0.95, within(0.2));
  }

  @ParameterizedTest
  @CsvSource({"constant, 0, 0.2", "poisson, 0.9, 1.1", "markov, 4, 1000", "bursts, 4, 1000"})
  void theDispersionTellsTheProcessesApart(String text, double least, double most) {
    int[] counts = counts(text, STEADY);
    double variance =
        Arrays.stream(counts).mapToDouble(c -> (c - 10.0) * (c - 10)).average().orElse(0);

    assertThat(variance / 10).isBetween(least, most);
  }

  /**
   * The variance of the number in a long time over its mean comes to {@code 1 + 2 * (r1 - r2)^2 *
   * s1 * s2 / ((s1 + s2)^2 * (r1 * s2 + r2 * s1))} for rates {@code r} that are left at rates
   * {@code s} (Fischer and Meier-Hellstern 1993).
   */
  @Test
  void theMarkovModulatedProcessHasTheDispersionOfItsFormula() {
    int[] slots = counts("markov:peak=3,on=50ms,off=150ms", LoadProfile.constant(1_000, 2_000));
    double sum = 0;
    int seconds = slots.length / 200; // two at a time
    for (int i = 0; i < seconds; i++) {
      double count = Arrays.stream(slots, 200 * i, 200 * i + 200).sum();
      sum += (count - 2_000) * (count - 2_000);
    }
    double high = 3_000;
    double low = 1_000.0 / 3;
    double leavesHigh = 20;
    double leavesLow = 1 / 0.15;
    double both = leavesHigh + leavesLow;
    double expected =
        1
            + 2
                * (high - low)
                * (high - low)
                * leavesHigh
                * leavesLow
                / (both * both * (high * leavesLow + low * leavesHigh));

    // Only approximately, because two seconds are finite; the standard error is 4.5 %.
    assertThat(sum / seconds / 2_000 / expected).isCloseTo(1, within(0.15));
  }

  @Test
  void aTraceKeepsItsGapsAndTakesTheProfilesRate(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("trace"), "100\n200\n500\n");
    long[] starts =
        ArrivalSchedule.of(
                ArrivalProcess.parse("trace:file=" + file), LoadProfile.constant(100, 0.08), 1)
            .toArray();

    // Gaps of 1 and 3 in a mean of 2: 5 and 15 ms at 100/s, again and again.
    assertThat(Arrays.stream(starts).map(t -> Math.round(t / 1e6)))
        .containsExactly(5L, 10L, 25L, 30L, 45L, 50L, 65L, 70L);
  }

  @Test
  void anInvalidTraceIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("trace");
    String text = "trace:file=" + file;

    assertThatThrownBy(() -> ArrivalProcess.parse(text))
        .isInstanceOf(SpecException.class)
        .hasMessage("trace: " + file + " (expected: a readable file)");
    Files.writeString(file, "100\n90\n");
    assertThatThrownBy(() -> ArrivalProcess.parse(text))
        .hasMessage(
            file + ":2: time: 90 (expected: whole microseconds, not before the line above)");
    Files.writeString(file, "100\nabc\n");
    assertThatThrownBy(() -> ArrivalProcess.parse(text))
        .hasMessageStartingWith(file + ":2: time: abc");
    Files.writeString(file, "100\n");
    assertThatThrownBy(() -> ArrivalProcess.parse(text))
        .hasMessageContaining("two different times");
    assertThatThrownBy(() -> ArrivalProcess.parse("trace:file="))
        .hasMessage("file: (empty) (expected: the path of a file)");
    assertThatThrownBy(() -> ArrivalProcess.parse("trace:steps=0-x"))
        .hasMessage("steps: x (expected: whole microseconds)");
    assertThatThrownBy(() -> ArrivalProcess.parse("trace:sha256=ab"))
        .hasMessage("sha256: ab (expected: 64 hexadecimal digits)");
  }

  @Test
  void whatCannotBeSeenInATraceIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("trace"), "100\n2\u00a000\n");

    assertThatThrownBy(() -> ArrivalProcess.parse("trace:file=" + file))
        .hasMessageStartingWith(file + ":2: time: 2<U+00A0>00 (expected: ");
  }

  @Test
  void thePathOfATraceMayHoldWhatAPathMayHold(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            Files.createDirectory(folder.resolve("My Runs, all=1: x")).resolve("Größe+1.TXT"),
            "\uFEFF0\r\n100\r\n400\r\n\r\n");

    ArrivalProcess process = ArrivalProcess.parse("trace:file=" + file);
    ArrivalProcess faster = ArrivalProcess.parse("trace:file=" + file + ",speed=2");

    assertThat(process.trace().orElseThrow().text()).isEqualTo("0\n100\n400\n");
    assertThat(faster).hasToString(process + ",speed=2.0");
  }

  @Test
  void aSpeedWithinAPathIsNoOption(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            Files.createDirectory(folder.resolve("x,speed=9")).resolve("a,b=1"), "0\n100\n");

    assertThat(ArrivalProcess.parse("trace:file=" + file).toString())
        .matches("trace:sha256=[0-9a-f]{64}");
  }

  @Test
  void aTraceIsNamedByItsContentAndToldWithoutItsFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("trace"), "100\n200\n200\n500\n");
    ArrivalProcess process = ArrivalProcess.parse("trace:file=" + file);
    Files.delete(file);
    LoadProfile profile = LoadProfile.constant(100, 1);

    ArrivalProcess elsewhere = ArrivalProcess.parse(process.whole());

    assertThat(process).hasToString(elsewhere.toString()).isEqualTo(elsewhere);
    assertThat(process.whole()).isEqualTo("trace:steps=100-100-0-300");
    assertThat(process.toString()).matches("trace:sha256=[0-9a-f]{64}");
    assertThat(ArrivalSchedule.of(elsewhere, profile, 1).toArray())
        .isEqualTo(ArrivalSchedule.of(process, profile, 1).toArray());
    ArrivalProcess named = ArrivalProcess.parse(process.toString());
    assertThat(named).isEqualTo(process);
    assertThat(named.missing()).contains(process.trace().orElseThrow().digest());
    assertThatThrownBy(() -> named.along(profile, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("arrivals: " + named + " (expected: the recording itself)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"poisson", "constant", "bursts:peak=4.0,on=20ms,every=2s", "markov"})
  void theCanonicalTextReadsBack(String text) {
    String canonical = ArrivalProcess.parse(text).toString();

    assertThat(canonical).startsWith(text);
    assertThat(ArrivalProcess.parse(canonical)).hasToString(canonical);
  }

  @Test
  void impossibleValuesAreRefusedInOneLine() {
    assertThatThrownBy(() -> ArrivalProcess.parse("poison"))
        .isInstanceOf(SpecException.class)
        .hasMessage(
            "arrivals: poison (expected: one of [poisson, constant, bursts, markov, trace])");
    assertThatThrownBy(() -> ArrivalProcess.parse("bursts:peak=30"))
        .hasMessage("peak: 30.0 (expected: at most 20.0, or the mean is too high)");
    assertThatThrownBy(() -> ArrivalProcess.parse("bursts:on=2s,peak=1"))
        .hasMessage("every: 1000ms (expected: longer than on)");
  }

  private static int[] counts(String text, LoadProfile profile) {
    return ArrivalSchedule.of(ArrivalProcess.parse(text), profile, 31).countsPer(SLOT);
  }
}
