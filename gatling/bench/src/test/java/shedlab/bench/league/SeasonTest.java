package shedlab.bench.league;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Project;
import shedlab.report.league.League;
import shedlab.report.league.LeagueFiles;
import shedlab.report.league.Score;
import shedlab.spec.SpecException;

class SeasonTest {
  private static final String SITUATIONS =
      """
      lead-in = 1s
      measure = 2s
      seeds = 2
      shop.cores = 2
      shop.task = 10ms
      shop.load = 0.9 | 2
      """;

  @TempDir private Path folder = Path.of("");
  private Path situations = Path.of("");
  private final List<Integer> played = new ArrayList<>();

  @BeforeEach
  void writeSituations() throws IOException {
    situations = Files.writeString(folder.resolve("situations.properties"), SITUATIONS);
  }

  private Season season(String contenders) throws IOException {
    return Season.of(
        Files.writeString(folder.resolve("contenders.properties"), contenders), situations);
  }

  /** Plays a season into the folder; returns how many matches were played. */
  private int play(String contenders) throws IOException {
    played.clear();
    LeagueFiles files = new LeagueFiles(folder);
    League league =
        season(contenders)
            .play(
                files,
                (done, open) -> {
                  synchronized (played) {
                    played.add(done);
                  }
                });
    files.write(league);
    return played.size();
  }

  @Test
  void everyContenderPlaysInEverySituation() throws IOException {
    assertThat(play("default.none = none\ntuned.cores = fixed:limit=${cpus}\n")).isEqualTo(4);
    League league = new LeagueFiles(folder).read();
    assertThat(league.scores())
        .extracting(score -> score.contender() + " in " + score.situation())
        .containsExactly(
            "none in shop load=0.9",
            "cores in shop load=0.9",
            "none in shop load=2",
            "cores in shop load=2");
  }

  @Test
  void whatIsKeptIsNotPlayedAgain() throws IOException {
    play("default.none = none\ntuned.cores = fixed:limit=${cpus}\n");
    assertThat(play("default.none = none\ntuned.cores = fixed:limit=${cpus}\n")).isZero();
  }

  @Test
  void anotherStrategyOfAContenderIsPlayedInItsOwnRowsOnly() throws IOException {
    play("default.none = none\ntuned.cores = fixed:limit=${cpus}\n");
    assertThat(play("default.none = none\ntuned.cores = fixed:limit=${cpus*2}\n")).isEqualTo(2);
  }

  @Test
  void theSameSeedsGiveTheSameBytes() throws IOException {
    play(
        "default.none = none\ntuned.aimd = aimd:profile=tuned,deadline=${deadline},workers=${cpus}\n");
    String first = Files.readString(folder.resolve("scores.csv"));
    Files.delete(folder.resolve("scores.csv"));
    play(
        "default.none = none\ntuned.aimd = aimd:profile=tuned,deadline=${deadline},workers=${cpus}\n");
    assertThat(folder.resolve("scores.csv")).hasContent(first);
  }

  @Test
  void inOverloadAnUnlimitedServerDoesNothingInTimeAndABoundedOneNearlyAll() throws IOException {
    play("default.none = none\ntuned.cores = fixed:limit=${cpus}+fifo:capacity=9,timeout=100ms\n");
    League league = new LeagueFiles(folder).read();
    assertThat(goodput(league, "none")).isLessThan(0.2);
    assertThat(goodput(league, "cores")).isGreaterThan(0.95);
  }

  private static double goodput(League league, String contender) {
    return league.scores().stream()
        .filter(score -> score.contender().equals(contender))
        .filter(score -> score.situation().equals("shop load=2"))
        .mapToDouble(Score::meanGoodput)
        .sum();
  }

  @Test
  void aContenderThatCannotBeMadeIsNamedWithItsSituation() {
    assertThatThrownBy(() -> season("tuned.huge = fixed:limit=0\n"))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("contenders.properties, huge in shop load=0.9: limit: 0");
  }

  @Test
  void aContenderWithoutAKindIsRefusedWithItsLine() {
    assertThatThrownBy(() -> season("none = none\n"))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(
            "contenders.properties:1: none: none (expected: default.NAME, tuned.NAME or"
                + " reference.NAME)");
  }

  @Test
  void everyBuiltInStrategyIsInTheLeague() {
    List<String> texts =
        ContenderFile.read(Project.file("gatling/league/contenders.properties")).stream()
            .map(each -> each.template())
            .toList();
    var strategies = shedlab.strategy.Strategies.builtIn();
    List<String> names = new ArrayList<>();
    strategies.limits().forEach(each -> names.add(each.name()));
    strategies.backlogs().forEach(each -> names.add(each.name()));
    strategies.policers().forEach(each -> names.add(each.name()));
    names.removeIf(
        name -> texts.stream().anyMatch(text -> text.matches("(.*\\+)?" + name + "([:+].*)?")));
    assertThat(names).containsExactly("reject-all");
  }
}
