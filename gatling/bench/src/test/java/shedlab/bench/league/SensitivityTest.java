package shedlab.bench.league;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Project;
import shedlab.report.league.CoursePoint;
import shedlab.report.league.League;
import shedlab.report.league.LeagueFiles;
import shedlab.report.league.SettingEffect;

class SensitivityTest {
  private static final String SITUATIONS =
      """
      lead-in = 1s
      measure = 2s
      seeds = 2
      task = 10ms
      small.cores = 2
      small.load = 0.9
      large.cores = 4
      large.load = 2
      """;

  private static final String CONTENDERS =
      """
      default.none = none
      tuned.queue = fixed:limit=${cpus}+fifo:capacity=${cpus*8},timeout=${deadline/2}
      reference.bucket = bucket:rate=${capacity}/s+fixed:limit=${cpus}+fifo:capacity=4000,timeout=${deadline/2}
      """;

  @TempDir private Path folder = Path.of("");
  private final List<Integer> played = new ArrayList<>();

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private List<SettingEffect> play(String contenders) throws IOException {
    played.clear();
    LeagueFiles files = new LeagueFiles(folder);
    List<SettingEffect> effects =
        Sensitivity.of(
                file("contenders.properties", contenders), file("few.properties", SITUATIONS))
            .play(
                files,
                (done, open) -> {
                  synchronized (played) {
                    played.add(done);
                  }
                });
    files.writeSensitivity(effects);
    return effects;
  }

  @Test
  void everyNumberOfEveryContenderThatKnowsNothingIsVaried() throws IOException {
    List<SettingEffect> effects = play(CONTENDERS);

    assertThat(effects).extracting(SettingEffect::contender).containsOnly("queue");
    assertThat(effects)
        .extracting(SettingEffect::setting)
        .contains("fixed limit", "fifo capacity", "fifo timeout");
    assertThat(effects)
        .filteredOn(effect -> effect.setting().equals("fifo timeout"))
        .extracting(SettingEffect::factor)
        .containsExactly(0.5, 0.7, 1.0, 1.4, 2.0);
  }

  @Test
  void withoutAFactorEverySettingHasTheRegretOfTheContender() throws IOException {
    assertThat(play(CONTENDERS))
        .filteredOn(effect -> effect.factor() == 1)
        .extracting(SettingEffect::worst)
        .containsOnly(
            play(CONTENDERS).stream().filter(e -> e.factor() == 1).findFirst().get().worst());
  }

  @Test
  void halfTheCoresInUseCostHalfTheCapacity() throws IOException {
    assertThat(play(CONTENDERS))
        .filteredOn(effect -> effect.setting().equals("fixed limit") && effect.factor() == 0.5)
        .singleElement()
        .satisfies(effect -> assertThat(effect.worst()).isCloseTo(50, within(5.0)));
  }

  @Test
  void aValueThatTheRegistryRefusesIsLeftOut() throws IOException {
    assertThat(play("tuned.huge = fixed:limit=2000000\n"))
        .extracting(SettingEffect::factor)
        .contains(0.5, 1.0)
        .doesNotContain(2.0);
  }

  @Test
  void whatIsKeptIsNotPlayedAgainAndHasTheSameBytes() throws IOException {
    play(CONTENDERS);
    String first = Files.readString(folder.resolve("sensitivity.csv"));
    assertThat(played).hasSizeGreaterThan(10);

    play(CONTENDERS);

    assertThat(played).hasSizeLessThanOrEqualTo(2); // those without a row: they have no settings
    assertThat(folder.resolve("sensitivity.csv")).hasContent(first);
    Files.delete(folder.resolve("sensitivity.csv"));
    play(CONTENDERS);
    assertThat(folder.resolve("sensitivity.csv")).hasContent(first);
  }

  @Test
  void aContenderThatLeavesTakesItsRowsAlong() throws IOException {
    play("tuned.short = fixed:limit=1\n" + CONTENDERS);

    assertThat(play(CONTENDERS)).extracting(SettingEffect::contender).containsOnly("queue");
  }

  @Test
  void theDeclaredSubsetIsSmallAndSpreads() {
    List<Situation> few = SituationFile.read(Project.file("gatling/league/sensitivity.properties"));

    assertThat(few).hasSizeBetween(6, 10);
    assertThat(few.stream().mapToDouble(Situation::requests).sum()).isLessThan(60_000);
    assertThat(few).extracting(each -> each.load().cores()).contains(1, 4, 16);
    assertThat(few).anyMatch(each -> each.load().load() < 1);
    assertThat(few).anyMatch(each -> each.load().load() >= 3);
  }

  @Test
  void aCourseIsOfTheSituationWithTheGreatestRegretInRowsOfHalfASecond() throws IOException {
    Season season =
        Season.of(file("contenders.properties", CONTENDERS), file("few.properties", SITUATIONS));
    League league = season.play(new LeagueFiles(folder), (done, open) -> {});

    List<CoursePoint> none =
        Courses.of(season, league).stream().filter(p -> p.contender().equals("none")).toList();

    assertThat(none).hasSize(6).extracting(CoursePoint::situation).containsOnly("large");
    assertThat(none).extracting(CoursePoint::seconds).startsWith(0.0, 0.5, 1.0);
    assertThat(none.stream().mapToDouble(CoursePoint::offered).average().orElseThrow())
        .isCloseTo(2, within(0.2));
    assertThat(none.get(5).good()).isLessThan(0.2);
    assertThat(Courses.of(season, league))
        .extracting(CoursePoint::contender)
        .contains("queue", "bucket")
        .isEqualTo(Courses.of(season, league).stream().map(CoursePoint::contender).toList());
  }
}
