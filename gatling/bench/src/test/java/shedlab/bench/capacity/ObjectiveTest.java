package shedlab.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.bench.experiment.Experiment;
import shedlab.report.Project;
import shedlab.report.raw.Floor;
import shedlab.report.result.Outcomes;
import shedlab.spec.SpecException;

class ObjectiveTest {
  private static final Objective USUAL = Objective.of("p99<=250ms,shed<=1%");

  /** So many 200s of 10 ms and so many of 300 ms. */
  private static Histogram admitted(long fast, long slow) {
    Histogram histogram = new Histogram(3);
    histogram.recordValueWithCount(10_000, fast);
    histogram.recordValueWithCount(300_000, slow);
    return histogram;
  }

  private static List<Boolean> kept(Objective objective, Outcomes outcomes, Histogram admitted) {
    return objective.figures(outcomes, admitted, Floor.NOT_MEASURED).stream()
        .map(Objective.Figure::kept)
        .toList();
  }

  @Test
  void everyTermIsHeldAgainstItsBound() {
    assertThat(kept(USUAL, new Outcomes(4_960, 40, 0, 0, 0, 0), admitted(4_960, 40)))
        .containsExactly(true, true);
    assertThat(kept(USUAL, new Outcomes(4_900, 100, 0, 0, 0, 0), admitted(4_900, 100)))
        .containsExactly(false, true);
    assertThat(kept(USUAL, new Outcomes(4_900, 0, 100, 0, 0, 0), admitted(4_900, 0)))
        .containsExactly(true, false);
    assertThat(
            kept(
                Objective.of("p50<=9.5ms, p90<=1s, p99.9<=301000us, goodput>=99%"),
                new Outcomes(19_000, 1_000, 0, 0, 0, 0),
                admitted(19_000, 1_000)))
        .containsExactly(false, true, true, false);
  }

  @Test
  void aServerThatAnswersNobodyKeepsNoPercentile() {
    Outcomes nobody = new Outcomes(0, 0, 0, 0, 5_000, 0);
    assertThat(USUAL.figures(nobody, new Histogram(3), Floor.NOT_MEASURED))
        .extracting(Objective.Figure::term, Objective.Figure::value, Objective.Figure::kept)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("p99", "no answer", false),
            org.assertj.core.groups.Tuple.tuple("shed", "0.0 %", true));
  }

  @Test
  void aRequestWithoutAnAnswerIsLaterThanAnyBound() {
    assertThat(kept(USUAL, new Outcomes(4_960, 0, 0, 0, 40, 0), admitted(4_960, 0)))
        .containsExactly(true, true);
    assertThat(kept(USUAL, new Outcomes(4_900, 0, 0, 20, 40, 40), admitted(4_900, 0)))
        .containsExactly(false, true);
  }

  @Test
  void aPercentileThatTooFewRequestsSupportIsNotKept() {
    assertThat(USUAL.answersNeeded()).isEqualTo(1_000);
    assertThat(Objective.of("p99.9<=1s").answersNeeded()).isEqualTo(10_000);
    assertThat(Objective.of("goodput>=99%").answersNeeded()).isZero();
    assertThat(
            USUAL
                .figures(new Outcomes(999, 0, 0, 0, 0, 0), admitted(999, 0), Floor.NOT_MEASURED)
                .get(0))
        .isEqualTo(
            new Objective.Figure(
                "p99", "10.0 ms by 999 of the 1000 requests it needs", false, false));
    assertThat(kept(USUAL, new Outcomes(1_000, 0, 0, 0, 0, 0), admitted(1_000, 0)))
        .containsExactly(true, true);
  }

  @Test
  void aPercentileWithinTwiceTheNoiseFloorIsMarked() {
    Histogram late = new Histogram(3);
    late.recordValueWithCount(6_000, 2_000);
    Floor floor = Floor.of(Map.of(0, late));
    Outcomes all = new Outcomes(5_000, 0, 0, 0, 0, 0);

    assertThat(Objective.of("p99<=1s,goodput>=1%").figures(all, admitted(5_000, 0), floor))
        .extracting(Objective.Figure::machine)
        .containsExactly(true, false);
    assertThat(USUAL.figures(all, admitted(4_000, 1_000), floor).get(0).machine()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "p99",
        "p99<250ms",
        "p98<=1s",
        "p99<=250",
        "p99<=1s,p99<=2s",
        "shed>=1%",
        "p99<=-1ms",
        "p99<=1s,,shed<=1%",
        "p99<=1s;shed<=1%",
        "p99<=1e3ms",
        "p99<=1s shed<=1%",
        "shed<=1"
      })
  void whatCannotBeReadIsRefusedInOneLine(String text) {
    assertThatThrownBy(() -> Objective.of(text))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith(
            "slo: " + (text.isEmpty() ? "(not given)" : text) + " (expected: p50, ")
        .message()
        .hasLineCount(1);
  }

  @Test
  void anObjectiveThatNobodyNeedBeAnsweredForIsRefused() {
    assertThatThrownBy(() -> Objective.of("shed<=1%"))
        .hasMessageStartingWith("slo: shed<=1% (expected: a percentile or goodput as well");
    assertThatThrownBy(() -> Objective.of("p99<=1s,shed<=101%"))
        .hasMessage("slo: shed<=101% (expected: at most 100%)");
  }

  private static Experiment experiment(String name, Map<String, String> settings) {
    return Experiment.load(
        Project.file("gatling/experiments/" + name + ".properties"), "default", settings);
  }

  @Test
  void whatNoSearchCanShowIsRefusedBeforeItBegins() {
    CapacitySearch.check(experiment("overload", Map.of()), USUAL, 1);
    assertThatThrownBy(
            () -> CapacitySearch.check(experiment("overload", Map.of("task", "60ms")), USUAL, 1))
        .hasMessage(
            "slo: p99<=250ms,shed<=1% (expected: a percentile that 20 s can show: 1000 requests"
                + " take 69 s with tasks of 60ms)");
    CapacitySearch.check(experiment("overload", Map.of("task", "60ms")), USUAL, 4);
    assertThatThrownBy(
            () ->
                CapacitySearch.check(
                    experiment("overload", Map.of()), Objective.of("p99<=1.5s"), 1))
        .hasMessage("slo: p99<=1.5s (expected: times within the client's timeout, 1s)");
    for (String other : List.of("step", "slowdown", "capacity-drop")) {
      assertThatThrownBy(() -> CapacitySearch.check(experiment(other, Map.of()), USUAL, 4))
          .hasMessage(
              "experiment: " + other + " (expected: one whose load and capacity stay as they are)");
    }
  }
}
