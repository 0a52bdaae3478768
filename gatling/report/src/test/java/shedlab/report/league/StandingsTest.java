package shedlab.report.league;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.report.league.Contender.Kind;
import shedlab.report.league.Standings.Row;

class StandingsTest {
  private final Standings standings = Standings.of(SampleLeague.small());

  private static List<String> names(List<Row> rows) {
    return rows.stream().map(row -> row.contender().name()).toList();
  }

  @Test
  void theSmallestWorstRegretIsFirstAndKindsAreApart() {
    assertThat(names(standings.ranked(Kind.TUNED))).containsExactly("safe", "greedy");
    assertThat(names(standings.ranked(Kind.DEFAULT))).containsExactly("limit", "none");
    assertThat(names(standings.ranked(Kind.REFERENCE))).containsExactly("oracle");
  }

  @Test
  void aRowTellsWhereTheWorstRegretIs() {
    Row safe = standings.ranked(Kind.TUNED).get(0);
    Row none = standings.ranked(Kind.DEFAULT).get(1);

    assertThat(safe.worst().points()).isCloseTo(5, within(1e-9));
    assertThat(safe.worstSituation()).isEqualTo(SampleLeague.GIANT);
    assertThat(safe.mean().points()).isCloseTo(3, within(1e-9));
    assertThat(safe.much()).isZero();
    assertThat(safe.falseSheds()).isEqualTo(0.03);
    assertThat(none.worst().points()).isCloseTo(100, within(1e-9));
    assertThat(none.worstSituation()).isEqualTo(SampleLeague.BUSY);
    assertThat(none.much()).isEqualTo(2);
    assertThat(none.late()).isEqualTo(1);
  }

  /** Regrets of 4, 5 and 6 points: Student's t with two degrees of freedom is 4.303. */
  @Test
  void theIntervalIsThatOfTheSeedsDifferences() {
    Row safe = standings.ranked(Kind.TUNED).get(0);

    assertThat(safe.worst().halfWidth()).isCloseTo(4.3027 / Math.sqrt(3), within(1e-3));
    assertThat(safe.mean().halfWidth()).isCloseTo(4.3027 / Math.sqrt(3) / 3, within(1e-3));
  }

  @Test
  void aContenderThatPlayedNowhereIsNotRanked() {
    League small = SampleLeague.small();
    League without =
        new League(
            small.contenders(),
            small.situations(),
            small.scores().stream().filter(s -> !s.contender().equals("greedy")).toList());

    assertThat(names(Standings.of(without).ranked(Kind.TUNED))).containsExactly("safe");
  }
}
