package shedlab.bench.cleanrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import shedlab.bench.cleanrate.Findings.Spread;
import shedlab.bench.cleanrate.Search.Found;
import shedlab.report.result.Check;

class FindingsTest {
  static final Generators ONE = Generators.asRuns(1);
  static final Generators TWO = Generators.asRuns(2);
  private static final Check CPU = new Check("generator CPU", "0.800", "<= 0.700", false);
  private static final Check OF_SECOND =
      new Check("generator 2 of 2: generator CPU", "0.800", "<= 0.700", false);

  /** Of a thousand requests, all of which were refused. */
  static Reading reading(double micros, double serverShare, Check... failed) {
    return new Reading(
        1_000,
        1_000,
        1_000 * micros / 1e6,
        0.5,
        0.1,
        2,
        1_000 * 20 / 1e6,
        serverShare,
        List.of(failed));
  }

  private static Row row(int block, Generators generators, int rate, Reading reading) {
    return new Row(block, 1, generators, rate, reading);
  }

  /** Two generators send one and a half times as much, and the server is full then. */
  static Findings findings() {
    return new Findings(
        List.of(
            row(1, ONE, 1_000, reading(100, 0.2)),
            row(1, ONE, 2_000, reading(90, 0.3, CPU)),
            row(1, TWO, 1_000, reading(120, 0.2)),
            row(1, TWO, 3_000, reading(80, 0.95, OF_SECOND, CPU)),
            row(2, ONE, 1_000, reading(110, 0.2)),
            row(2, ONE, 1_500, reading(95, 0.2)),
            row(2, ONE, 2_000, reading(90, 0.3, CPU))),
        List.of(
            new Answer(1, ONE, new Found(1_000, 2_000, false)),
            new Answer(1, TWO, new Found(1_000, 3_000, false)),
            new Answer(2, ONE, new Found(1_500, 2_000, false))),
        List.of("block 2, 2 load generators: injector-2: gone (expected: an answer)"));
  }

  @Test
  void theMedianOfTheBlocksStandsWithTheLeastAndTheMost() {
    assertThat(findings().clean(ONE).text(0)).isEqualTo("1250 (1000 to 1500)");
    assertThat(findings().clean(TWO).text(0)).isEqualTo("1000");
    assertThat(Spread.of(DoubleStream.empty()).text(0)).isEqualTo("–");
  }

  @Test
  void costsAreOfLoadsThatWereClean() {
    assertThat(findings().at(ONE, 1_000, Reading::generatorMicros).median()).isEqualTo(105);
    assertThat(findings().at(ONE, 2_000, Reading::generatorMicros).median()).isNaN();
    assertThat(findings().atGreatest(ONE, Reading::generatorMicros).median()).isEqualTo(97.5);
    assertThat(findings().at(ONE, 1_000, Reading::serverMicros).median()).isEqualTo(20);
  }

  @Test
  void whatBrokeIsThatOfTheLeastRateBeyondOfAllGeneratorsTogether() {
    assertThat(findings().broke(ONE)).isEqualTo(Map.of("generator CPU", 2L));
    assertThat(findings().broke(TWO)).isEqualTo(Map.of("generator CPU", 1L));
  }

  @Test
  void aFullServerWasTheLimitEvenIfTheGeneratorsWereNotCleanThere() {
    assertThat(findings().serverWasTheLimit(ONE)).isFalse();
    assertThat(findings().serverWasTheLimit(TWO)).isTrue();
  }

  @Test
  void aRatioIsOfOneBlock() {
    assertThat(findings().ratioOfClean(TWO, ONE).blocks()).isEqualTo(1);
    assertThat(findings().ratio(TWO, ONE, 1_000, Reading::generatorMicros).text())
        .isEqualTo("1.20");
  }

  @Test
  void aCheckOfOneGeneratorIsNamedOnlyIfThereIsNoneOfAll() {
    assertThat(reading(1, 0, OF_SECOND).broken())
        .isEqualTo("generator 2 of 2: generator CPU 0.800 (<= 0.700)");
    assertThat(reading(1, 0, CPU, OF_SECOND).broken()).isEqualTo("generator CPU 0.800 (<= 0.700)");
    assertThat(reading(1, 0).broken()).isEmpty();
  }
}
