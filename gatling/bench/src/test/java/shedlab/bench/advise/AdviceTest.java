package shedlab.bench.advise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.bench.league.ContenderFile;
import shedlab.report.Project;
import shedlab.report.league.Contender;
import shedlab.report.pair.Pair.Verdict;

class AdviceTest {
  private static final double SMALL = 1e6;

  private static final List<Contender> CONTENDERS =
      ContenderFile.read(Project.file("gatling/league/contenders.properties"));

  @Test
  void nothingIsBetterThanWhatIsAdvisedAndItLosesLeastElsewhere() {
    Advice advice = Advice.on(question("4", "20ms", "200ms", "1.5x"), CONTENDERS, SMALL);

    assertThat(advice.recommended().goodput(advice.described())).isGreaterThan(0.9);
    assertThat(advice.others())
        .hasSizeGreaterThan(8)
        .allSatisfy(
            other -> {
              assertThat(other.margin().verdict()).isNotEqualTo(Verdict.BETTER);
              assertThat(other.margin().difference().mean())
                  .isLessThan(Margin.PRECISION + other.margin().difference().halfWidth());
            });
    double lost = advice.worstLoss(advice.recommended());
    assertThat(advice.others())
        .filteredOn(other -> other.margin().verdict() == Verdict.EQUAL)
        .allSatisfy(
            other -> assertThat(advice.worstLoss(other.candidate())).isGreaterThan(lost - 1));
    assertThat(advice.others())
        .filteredOn(other -> other.candidate().strategy().equals("none"))
        .singleElement()
        .satisfies(none -> assertThat(none.margin().verdict()).isEqualTo(Verdict.WORSE));
  }

  @Test
  void whatIsChangedIsOneThingAtATime() {
    Question question = question("4", "20ms", "200ms", "300/s");
    List<Trial> stresses = Trial.stresses(question, new Effort(1, 2, 2, 2));

    assertThat(stresses)
        .extracting(Trial::name)
        .containsExactly(
            "0.5x the capacity",
            "0.9x the capacity",
            "1.2x the capacity",
            "2x the capacity",
            "5x the capacity",
            "tasks 3x as long",
            "half the cores",
            "a third of the deadline");
    assertThat(stresses).extracting(Trial::load).contains(4.5, 3.0, 1.5);
    assertThat(stresses).extracting(trial -> trial.situation().load().cores()).contains(2);
    assertThat(Trial.stresses(question("1", "20ms", "200ms", "1.2x"), new Effort(1, 2, 2, 2)))
        .extracting(Trial::name)
        .contains("half the CPU")
        .doesNotContain("1.2x the capacity");
  }

  @Test
  void aLargeServerGetsFewStrategiesAndShortRuns() {
    Question small = question("4", "20ms", "200ms", "1.5x");
    Question large = question("64", "1ms", "20ms", "1.5x");

    assertThat(Effort.of(small, 24, Effort.BUDGET).measure()).isGreaterThan(5);
    assertThat(Effort.of(large, 24, Effort.BUDGET)).isEqualTo(new Effort(2, 4, 4, 3));
    assertThat(Effort.affordable(large, 24, Effort.BUDGET)).isFalse();
    assertThat(Effort.glance(large, 50, Effort.BUDGET)).isEqualTo(new Effort(1, 2, 1, 1));
  }

  static Question question(String cores, String task, String deadline, String rate) {
    int count = Integer.parseInt(cores);
    ServiceTime time = ServiceTime.of(new ServiceTime.Given(task, "", "1"), null, null, count);
    return Question.of(count, "4", deadline, "", rate, time, null);
  }
}
