package shedlab.bench.cleanrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import shedlab.bench.cleanrate.Search.Found;
import shedlab.bench.cleanrate.Search.Verdict;

class SearchTest {
  private static final List<Integer> RATES = List.of(1_000, 2_000, 4_000, 6_000);

  private final List<Integer> offered = new ArrayList<>();

  private Found search(int bisections, IntFunction<Verdict> certificate) throws IOException {
    return Search.in(
        rate -> {
          offered.add(rate);
          return certificate.apply(rate);
        },
        RATES,
        bisections);
  }

  private static IntFunction<Verdict> cleanUpTo(int most) {
    return rate -> rate <= most ? Verdict.CLEAN : Verdict.NOT_CLEAN;
  }

  @Test
  void theRatesRiseUntilOneIsNotCleanAndTheGapIsHalved() throws Exception {
    assertThat(search(3, cleanUpTo(4_700))).isEqualTo(new Found(4_500, 4_750, false));
    assertThat(offered).containsExactly(1_000, 2_000, 4_000, 6_000, 5_000, 4_500, 4_750);
  }

  @Test
  void withoutHalvingTheAnswerIsARateOfTheList() throws Exception {
    assertThat(search(0, cleanUpTo(3_999))).isEqualTo(new Found(2_000, 4_000, false));
  }

  @Test
  void ifEveryRateIsCleanNothingIsKnownBeyondTheLast() throws Exception {
    assertThat(search(3, cleanUpTo(50_000))).isEqualTo(new Found(6_000, 0, false));
    assertThat(offered).containsExactlyElementsOf(RATES);
  }

  @Test
  void ifTheFirstIsNotCleanLowerOnesAreTried() throws Exception {
    assertThat(search(0, cleanUpTo(300))).isEqualTo(new Found(250, 500, false));
    assertThat(offered).containsExactly(1_000, 500, 250);
  }

  @Test
  void generatorsThatAreNeverCleanHaveNoRateAndTheSearchEnds() throws Exception {
    assertThat(search(3, cleanUpTo(0)).clean()).isZero();
    assertThat(offered).containsExactly(1_000, 500, 250, 125, 62);
  }

  @Test
  void beyondAFullServerNothingIsLearntAboutTheGenerators() throws Exception {
    IntFunction<Verdict> certificate = rate -> rate < 5_000 ? Verdict.CLEAN : Verdict.SERVER_FULL;

    assertThat(search(1, certificate)).isEqualTo(new Found(4_000, 5_000, true));
    assertThat(offered).containsExactly(1_000, 2_000, 4_000, 6_000, 5_000);
  }

  @Test
  void theLastWordIsThatOfTheLeastRateBeyond() throws Exception {
    IntFunction<Verdict> certificate =
        rate ->
            rate < 4_500 ? Verdict.CLEAN : rate < 5_500 ? Verdict.NOT_CLEAN : Verdict.SERVER_FULL;

    assertThat(search(1, certificate)).isEqualTo(new Found(4_000, 5_000, false));
  }

  @Test
  void aGapThatIsTooSmallIsLeft() throws Exception {
    Found found = Search.in(cleanUpTo(1_000)::apply, List.of(1_000, 1_050), 3);

    assertThat(found).isEqualTo(new Found(1_000, 1_050, false));
  }
}
