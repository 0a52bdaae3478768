package shedlab.report.league;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.report.league.Contender.Kind;

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
}
