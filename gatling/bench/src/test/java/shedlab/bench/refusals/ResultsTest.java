package shedlab.bench.refusals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.bench.outside.Ratio;
import shedlab.bench.refusals.Generator.Count;
import shedlab.bench.refusals.Load.Answer;
import shedlab.bench.refusals.Subject.Refusing;

class ResultsTest {
  private static final Subject NETTY = new Subject("netty", Refusing.FULL, true);
  private static final Load REFUSAL = Load.saturated(Answer.REFUSAL, true);
  private static final Load PLAIN = Load.saturated(Answer.PLAIN, true);

  private static Row row(int block, Load load, long answers, String problem) {
    Count count = new Count(answers, 0, 0, 1);
    return new Row(block, 1, NETTY, load, new Reading(count, answers, 0.5, Double.NaN, problem));
  }

  private static Ratio ratio(Row... rows) {
    return new Results(List.of(rows)).ratio(NETTY, REFUSAL, NETTY, PLAIN, Reading::perSecond);
  }

  @Test
  void ratiosAreOfTheSameBlockSoThatADriftOfTheMachineCancels() {
    Ratio ratio =
        ratio(
            row(1, REFUSAL, 900, ""),
            row(1, PLAIN, 1_000, ""),
            row(2, REFUSAL, 450, ""),
            row(2, PLAIN, 500, ""),
            row(3, REFUSAL, 90, ""),
            row(3, PLAIN, 100, ""));

    assertThat(ratio.mean()).isCloseTo(0.9, within(1e-12));
    assertThat(ratio.text()).isEqualTo("0.90 [0.90 to 0.90]");
  }

  @Test
  void aMarkedRowTakesItsPairOutAndItsFigureToo() {
    Row[] rows = {
      row(1, REFUSAL, 900, ""),
      row(1, PLAIN, 1_000, ""),
      row(2, REFUSAL, 1, "the server shed 9, its clients count 1"),
      row(2, PLAIN, 1_000, "")
    };

    assertThat(ratio(rows).difference().blocks()).isEqualTo(1);
    assertThat(ratio(rows).text()).isEqualTo("0.90");
    Results results = new Results(List.of(rows));
    assertThat(results.median(NETTY, REFUSAL, Reading::perSecond)).isEqualTo(900);
    assertThat(results.marked()).containsExactly(rows[2]);
  }

  @Test
  void aBarIsReachedOnlyIfTheWholeIntervalReachesIt() {
    Ratio ratio =
        ratio(
            row(1, REFUSAL, 890, ""),
            row(1, PLAIN, 1_000, ""),
            row(2, REFUSAL, 900, ""),
            row(2, PLAIN, 1_000, ""),
            row(3, REFUSAL, 910, ""),
            row(3, PLAIN, 1_000, ""));

    assertThat(ratio.text()).isEqualTo("0.90 [0.88 to 0.92]");
    assertThat(ratio.against(0.8)).isEqualTo("0.90 [0.88 to 0.92] ✓");
    assertThat(ratio.against(0.9)).isEqualTo("0.90 [0.88 to 0.92] ?");
    assertThat(ratio.against(1)).isEqualTo("0.90 [0.88 to 0.92] ✗");
  }

  @Test
  void withoutABlockThatHasBothThereIsNoRatio() {
    assertThat(ratio(row(1, REFUSAL, 900, ""), row(2, PLAIN, 900, "")).against(1)).isEqualTo("–");
  }
}
