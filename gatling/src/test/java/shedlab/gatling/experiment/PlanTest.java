package shedlab.gatling.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static Plan plan(String profile, Map<String, String> overrides) {
    return Plan.of(
        Experiment.load(Path.of("experiments/overload.properties"), profile, overrides), 1);
  }

  private static List<Cell> cells(Plan plan) {
    return plan.groups().stream().flatMap(group -> group.cells().stream()).toList();
  }

  @Test
  void holdsEveryServerStrategyLoadAndRepeatExactlyOnceUnderItsOwnName() {
    Plan plan = plan("default", Map.of("repeats", "2"));
    assertThat(plan.size()).isEqualTo(3 * 4 * 5 * 2);
    assertThat(cells(plan)).hasSize(plan.size()).doesNotHaveDuplicates();
    Set<String> names = new HashSet<>();
    cells(plan).forEach(cell -> names.add(cell.id()));
    assertThat(names).hasSize(plan.size()).allMatch(name -> name.matches("[A-Za-z0-9.+-]+"));
  }

  @Test
  void theSeedDecidesTheOrderAndEachBlockHoldsEverythingOnce() {
    Plan plan = plan("default", Map.of("repeats", "2"));
    assertThat(plan("default", Map.of("repeats", "2")).groups()).isEqualTo(plan.groups());
    assertThat(plan("default", Map.of("repeats", "2", "seed", "7")).groups())
        .isNotEqualTo(plan.groups())
        .containsExactlyInAnyOrderElementsOf(plan.groups());
    assertThat(plan.groups().subList(0, 12)).allMatch(group -> group.repeat() == 1);
    assertThat(plan.groups().subList(12, 24)).allMatch(group -> group.repeat() == 2);
  }

  @Test
  void aStrategysLoadsClimbOnOneServerUnlessEveryCellGetsItsOwn() {
    assertThat(plan("default", Map.of()).groups())
        .hasSize(12)
        .allSatisfy(
            group ->
                assertThat(group.cells())
                    .extracting(Cell::load)
                    .containsExactly(0.5, 0.9, 1.2, 2.0, 5.0));
    assertThat(plan("full", Map.of()).groups())
        .hasSize(3 * 4 * 10 * 5)
        .allMatch(group -> group.cells().size() == 1);
  }

  @Test
  void theEstimateShrinksAsCellsAreDone() {
    Plan plan = plan("default", Map.of());
    assertThat(plan.estimate(plan.size() / 2)).isLessThan(plan.estimate(0));
    assertThat(plan.estimate(plan.size())).isZero();
  }
}
