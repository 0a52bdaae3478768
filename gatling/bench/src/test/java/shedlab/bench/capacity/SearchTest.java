package shedlab.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
  /** A server that keeps the objective up to a load; time passes only while it is measured. */
  private static final class Scripted implements Search.Subject {
    private final ToDoubleFunction<Search.Kind> truth;
    private final List<String> asked = new ArrayList<>();
    private double left;

    Scripted(ToDoubleFunction<Search.Kind> truth, double seconds) {
      this.truth = truth;
      this.left = seconds;
    }

    @Override
    public boolean keeps(double load, Search.Kind kind) {
      left -= seconds(load, kind);
      asked.add(kind + " " + Answer.x(load));
      return load <= truth.applyAsDouble(kind);
    }

    @Override
    public double seconds(double load, Search.Kind kind) {
      return kind == Search.Kind.PROBE ? 9 : 19;
    }

    @Override
    public double secondsLeft() {
      return left;
    }

    long confirmations() {
      return asked.stream().filter(each -> each.startsWith("CONFIRMATION")).count();
    }
  }

  private static Search.Found search(Scripted server) throws IOException {
    Search.Found found = Search.in(server);
    assertThat(server.left).describedAs("time left").isNotNegative();
    return found;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.13, 0.3, 0.5, 0.73, 0.91, 1, 1.37, 2.6, 3.99})
  void theTruthIsWithinAnIntervalOfThreePerCent(double truth) throws IOException {
    Scripted server = new Scripted(kind -> truth, 1_000);

    Search.Found found = search(server);

    assertThat(found.kept()).isLessThanOrEqualTo(truth);
    assertThat(found.broken()).isGreaterThan(truth);
    assertThat(Objects.requireNonNull(found.broken()) / Objects.requireNonNull(found.kept()))
        .isLessThanOrEqualTo(Search.RESOLUTION);
    assertThat(found.outOfTime()).isFalse();
    assertThat(server.confirmations()).isEqualTo(2);
  }

  @Test
  void theLoadIsDoubledThenTheGapIsHalvedThenWhatWasFoundIsConfirmed() throws IOException {
    Scripted server = new Scripted(kind -> 0.9, 1_000);

    search(server);

    assertThat(server.asked)
        .startsWith("PROBE 0.500x", "PROBE 1.000x", "PROBE 0.707x", "PROBE 0.841x")
        .endsWith("CONFIRMATION 0.897x", "CONFIRMATION 0.917x");
  }

  @Test
  void aServerThatNeverBreaksHasNoUpperEnd() throws IOException {
    assertThat(search(new Scripted(kind -> 100, 1_000)))
        .isEqualTo(new Search.Found(Search.MOST, null, false));
  }

  @Test
  void aServerThatBreaksAtTheLeastLoadHasNoAnswer() throws IOException {
    assertThat(search(new Scripted(kind -> 0.01, 1_000)))
        .isEqualTo(new Search.Found(null, Search.LEAST, false));
  }

  @Test
  void whatOnlyAProbeKeptIsNoAnswerButALowerLoadThatIsConfirmedIs() throws IOException {
    Search.Found found = search(new Scripted(kind -> kind == Search.Kind.PROBE ? 0.9 : 0.8, 1_000));

    assertThat(found.kept()).isBetween(0.7, 0.8);
    assertThat(found.broken()).isBetween(0.8, 0.87);
    assertThat(search(new Scripted(kind -> kind == Search.Kind.PROBE ? 0.9 : 0, 1_000)).kept())
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(doubles = {90, 100, 110, 120, 130, 140})
  void aConfirmationThatBreaksTheObjectiveLeavesTimeForAnother(double seconds) throws IOException {
    Scripted server = new Scripted(kind -> kind == Search.Kind.PROBE ? 0.95 : 0.915, seconds);

    assertThat(search(server).kept()).isBetween(0.85, 0.915);
    assertThat(server.confirmations()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void theLongerMeasurementOutranksAProbeThatWasTooStrict() throws IOException {
    Search.Found found =
        search(new Scripted(kind -> kind == Search.Kind.PROBE ? 0.9 : 0.93, 1_000));

    assertThat(found.kept()).isBetween(0.9, 0.93);
    assertThat(found.broken()).isGreaterThan(0.93);
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 40, 70, 100})
  void whenTheTimeIsOverTheIntervalIsWiderButRight(double seconds) throws IOException {
    Search.Found found = search(new Scripted(kind -> 0.9, seconds));

    assertThat(found.outOfTime()).isTrue();
    if (found.kept() != null) {
      assertThat(found.kept()).isLessThanOrEqualTo(0.9);
    }
    if (found.broken() != null) {
      assertThat(found.broken()).isGreaterThan(0.9);
    }
  }

  /** Every measurement sees another threshold; a longer one scatters less. */
  @Test
  void withNoiseTheTruthIsWithinTheIntervalAndItsNoiseInNearlyAllSearches() throws IOException {
    Random random = new Random(20261101);
    int searches = 2_000;
    int near = 0;
    for (int i = 0; i < searches; i++) {
      double truth = 0.2 + 3 * random.nextDouble();
      Scripted server =
          new Scripted(
              kind -> {
                double noise = kind == Search.Kind.PROBE ? 0.03 : 0.03 / Math.sqrt(3);
                return truth * (1 + noise * random.nextGaussian());
              },
              200);
      Search.Found found = search(server);
      double low = found.kept() == null ? 0 : found.kept();
      double high = found.broken() == null ? Double.POSITIVE_INFINITY : found.broken();
      near += low <= truth * 1.03 && high >= truth * 0.97 ? 1 : 0;
    }
    assertThat(near / (double) searches).isGreaterThan(0.95);
  }
}
