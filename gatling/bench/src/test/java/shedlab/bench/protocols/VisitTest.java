package shedlab.bench.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisitTest {
  private static final List<String> SERVERS = List.of("a", "b", "c");

  private static List<String> order(int block) {
    return Visit.block(block, SERVERS).stream().map(Visit::server).distinct().toList();
  }

  @Test
  void everyCombinationThatMakesSenseIsMeasuredOnce() {
    List<Asked> every = new ArrayList<>(Asked.all(true));
    every.addAll(Asked.all(false));

    List<Asked> measured =
        Visit.block(0, List.of("a")).stream().flatMap(visit -> visit.loads().stream()).toList();

    assertThat(every).hasSize(7 + 10);
    assertThat(measured).containsExactlyInAnyOrderElementsOf(every);
  }

  @Test
  void aProcessRefusesInOneWay() {
    assertThat(Visit.block(0, List.of("a")))
        .hasSize(7)
        .allSatisfy(
            visit ->
                assertThat(visit.loads())
                    .allSatisfy(
                        asked -> {
                          assertThat(asked.protocol()).isEqualTo(visit.protocol());
                          assertThat(asked.answer()).isIn(visit.refusing(), Answer.PLAIN);
                        }));
  }

  @Test
  void everyOtherBlockRunsBackwardsAndAnotherServerBegins() {
    assertThat(order(0)).containsExactly("a", "b", "c");
    assertThat(order(1)).containsExactly("c", "b", "a");
    assertThat(order(2)).containsExactly("b", "c", "a");
  }

  @Test
  void theLoadsOfAProcessRunBackwardsToo() {
    Visit forwards = Visit.block(0, List.of("a")).get(0);
    List<Visit> block = Visit.block(1, List.of("a"));
    Visit backwards = block.get(block.size() - 1);

    assertThat(forwards.words()).isEqualTo("a, http, refusing with 429");
    assertThat(backwards.words()).isEqualTo(forwards.words());
    assertThat(forwards.loads())
        .extracting(Asked::words)
        .containsExactly("http, 429, kept", "http, 200, kept", "http, 429, new", "http, 200, new");
    assertThat(backwards.loads())
        .extracting(Asked::words)
        .containsExactly("http, 200, new", "http, 429, new", "http, 200, kept", "http, 429, kept");
  }

  @Test
  void aWholeComparisonTakesAboutTwentyMinutesAndAQuickOneTwo() {
    List<Visit> block = Visit.block(0, SERVERS);

    assertThat(seconds(Pace.WHOLE, block)).isBetween(1_100.0, 1_380.0);
    assertThat(seconds(Pace.QUICK, block)).isBetween(60.0, 130.0);
  }

  private static double seconds(Pace pace, List<Visit> block) {
    return pace.blocks() * block.stream().mapToDouble(pace::seconds).sum();
  }
}
