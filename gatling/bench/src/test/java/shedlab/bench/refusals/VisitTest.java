package shedlab.bench.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.bench.refusals.Load.Answer;

class VisitTest {
  private static final List<String> SERVERS = List.of("a", "b", "c");

  private static List<String> order(int block) {
    return Visit.block(block, SERVERS, true).stream()
        .map(visit -> visit.subject().server())
        .distinct()
        .toList();
  }

  @Test
  void everyOtherBlockRunsBackwardsAndAnotherServerBegins() {
    assertThat(order(0)).containsExactly("a", "b", "c");
    assertThat(order(1)).containsExactly("c", "b", "a");
    assertThat(order(2)).containsExactly("b", "c", "a");
    assertThat(order(3)).containsExactly("a", "c", "b");
  }

  @Test
  void theLoadsOfAServerRunBackwardsToo() {
    Visit forwards = Visit.block(0, List.of("a"), true).get(0);
    List<Visit> block = Visit.block(1, List.of("a"), true);
    Visit backwards = block.get(block.size() - 1);

    assertThat(backwards.subject()).isEqualTo(forwards.subject());
    assertThat(forwards.loads()).startsWith(Load.saturated(Answer.REFUSAL, true)).hasSize(4);
    assertThat(backwards.loads())
        .endsWith(Load.saturated(Answer.REFUSAL, true))
        .containsExactlyInAnyOrderElementsOf(forwards.loads());
  }

  @Test
  void withoutAProgramForRatesEveryLoadSaturates() {
    assertThat(Visit.block(0, SERVERS, false))
        .hasSize(9)
        .allSatisfy(visit -> assertThat(visit.loads()).allMatch(Load::isSaturated));
  }

  @Test
  void aWholeComparisonTakesSeventeenMinutesAndAQuickOneLittleMoreThanOne() {
    List<Visit> block = Visit.block(0, List.of("undertow", "jetty", "netty", "tokio"), true);

    assertThat(seconds(Pace.WHOLE, block)).isBetween(900.0, 1_080.0);
    assertThat(seconds(Pace.QUICK, block)).isBetween(50.0, 110.0);
  }

  private static double seconds(Pace pace, List<Visit> block) {
    return pace.blocks() * block.stream().mapToDouble(pace::seconds).sum();
  }
}
