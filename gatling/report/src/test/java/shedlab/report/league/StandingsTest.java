package shedlab.report.league;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.report.league.Contender.Kind;
import shedlab.report.league.Standings.Row;

class StandingsTest {
  private static final League LEAGUE =
      new League(
          List.of(
              new Contender("steady", Kind.TUNED, "steady"),
              new Contender("brittle", Kind.TUNED, "brittle"),
              new Contender("plain", Kind.DEFAULT, "plain"),
              new Contender("oracle", Kind.REFERENCE, "oracle")),
          List.of(facts("calm", 0.9), facts("crowded", 3)),
          List.of(
              score("steady", "calm", 0.85, 0.87),
              score("brittle", "calm", 0.89, 0.89),
              score("plain", "calm", 0.5, 0.5),
              score("oracle", "calm", 0.9, 0.9),
              score("steady", "crowded", 0.95, 0.97),
              score("brittle", "crowded", 0.4, 0.6),
              score("plain", "crowded", 0.0, 0.0),
              score("oracle", "crowded", 1.0, 1.0)));

  private static final Standings SMALL = Standings.of(SampleLeague.small());

  private static Facts facts(String name, double load) {
    return new Facts(name, "shop", 4, 4, 10, 100, "deterministic", load, List.of(1.0, 1.0));
  }

  private static Score score(String contender, String situation, double first, double second) {
    return new Score(
        contender, situation, List.of(first, second), 0.1, 50, 0, null, null, "content");
  }

  @Test
  void theRegretIsWhatIsMissingToTheBestInPointsOfTheCapacity() {
    Standings.Regret regret = Standings.of(LEAGUE).regret("brittle", "crowded");
    assertThat(regret.points()).isCloseTo(50, within(1e-9));
    assertThat(regret.halfWidth()).isGreaterThan(10); // 60 with one seed and 40 with the other
  }

  @Test
  void theOneWithTheSmallestWorstRegretIsFirst() {
    assertThat(Standings.of(LEAGUE).ranked(Kind.TUNED))
        .extracting(row -> row.contender().name())
        .containsExactly("steady", "brittle");
  }

  @Test
  void aRowNamesTheSituationInWhichAContenderIsWorst() {
    Standings.Row brittle = Standings.of(LEAGUE).ranked(Kind.TUNED).get(1);
    assertThat(brittle.worstSituation()).isEqualTo("crowded");
    assertThat(brittle.mean().points()).isCloseTo(25.5, within(1e-9));
    assertThat(brittle.much()).isEqualTo(1);
  }

  @Test
  void eachKindIsRankedByItself() {
    Standings table = Standings.of(LEAGUE);
    assertThat(table.ranked(Kind.DEFAULT)).hasSize(1);
    assertThat(table.ranked(Kind.REFERENCE)).hasSize(1);
    assertThat(table.best("crowded")).isEqualTo("oracle");
  }

  private static List<String> names(List<Row> rows) {
    return rows.stream().map(row -> row.contender().name()).toList();
  }

  @Test
  void theSmallestWorstRegretIsFirstAndKindsAreApart() {
    assertThat(names(SMALL.ranked(Kind.TUNED))).containsExactly("safe", "greedy");
    assertThat(names(SMALL.ranked(Kind.DEFAULT))).containsExactly("limit", "none");
    assertThat(names(SMALL.ranked(Kind.REFERENCE))).containsExactly("oracle");
  }

  @Test
  void aRowTellsWhereTheWorstRegretIs() {
    Row safe = SMALL.ranked(Kind.TUNED).get(0);
    Row none = SMALL.ranked(Kind.DEFAULT).get(1);

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
    Row safe = SMALL.ranked(Kind.TUNED).get(0);

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
