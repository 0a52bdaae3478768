package shedlab.bench.league;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.simulation.SimulatedRun;
import shedlab.report.league.League;
import shedlab.report.league.LeagueFiles;
import shedlab.report.league.RealScore;
import shedlab.report.result.RunFiles;
import shedlab.spec.SpecException;

class RealCheckTest {
  private static final String SITUATIONS =
      """
      lead-in = 1s
      measure = 2s
      seeds = 2
      plateaus.cores = 1
      plateaus.task = 10ms
      plateaus.load = 0.9 | 2
      """;

  private static final String CONTENDERS =
      """
      default.none = none
      tuned.cores = fixed:limit=${cpus}
      tuned.queue = fixed:limit=${cpus}+fifo:capacity=8
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void aRunOfOtherContendersTellsOnlyOfThoseThatItMeasured() throws IOException {
    Season season = season();
    League league = season.play(new LeagueFiles(folder), (done, open) -> {});
    Path results = Files.createDirectories(folder.resolve("results"));
    measure(check("none queue", season, league), results);

    List<RealScore> found = check("none cores queue", season, league).found(results);
    assertThat(found)
        .extracting(score -> score.contender() + " " + score.load())
        .containsExactlyInAnyOrder("none 0.9", "none 2.0", "queue 0.9", "queue 2.0");
    assertThat(found)
        .filteredOn(score -> score.load() == 2)
        .allSatisfy(
            score ->
                assertThat(score.measured() > 0.5).isEqualTo(score.contender().equals("queue")));
  }

  @Test
  void aMistakeInItsFileIsRefusedWithItsPlace() throws IOException {
    Season season = season();
    League league = season.play(new LeagueFiles(folder), (done, open) -> {});
    Path file = folder.resolve("real.properties");
    String rule = "(expected: a whole number from 2 to 100)";

    Files.writeString(file, "contenders = none\nsituations = 1\n");
    assertThatThrownBy(() -> RealCheck.of(file, season, league, 1))
        .isInstanceOf(SpecException.class)
        .hasMessage(file + ":2: situations: 1 " + rule);
    Files.writeString(file, "contenders = none\n");
    assertThatThrownBy(() -> RealCheck.of(file, season, league, 1))
        .isInstanceOf(SpecException.class)
        .hasMessage("situations: (not given) " + rule);
  }

  private Season season() throws IOException {
    return Season.of(
        Files.writeString(folder.resolve("contenders.properties"), CONTENDERS),
        Files.writeString(folder.resolve("situations.properties"), SITUATIONS));
  }

  private RealCheck check(String contenders, Season season, League league) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("real.properties"),
            "contenders = "
                + contenders
                + "\nsituations = 2\nservers = netty\nrepeats = 1\nprecision = none\n");
    return RealCheck.of(file, season, league, 1);
  }

  /** In the simulator, whose files are those of a real run. */
  private void measure(RealCheck check, Path results) throws IOException {
    Path experiment = check.write(folder.resolve("real")).get(0);
    SimulatedRun run =
        SimulatedRun.of(Experiment.load(experiment, "default", Map.of("measure", "8s")), "1");
    String name = experiment.getFileName().toString().replace(".properties", "-default");
    Path into = results.resolve("20261130-000000-" + name);
    run.into(
        RunFiles.create(into, run.manifest(into.getFileName().toString(), List.of()), Map.of()));
  }
}
