package shedlab.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import shedlab.bench.league.Season;
import shedlab.report.league.League;
import shedlab.report.league.LeagueFiles;
import shedlab.report.league.page.LeagueReport;

@Command(
    name = "league",
    description = "Plays every strategy in every situation of the simulator and writes the tables.")
final class LeagueCommand implements Callable<Integer> {
  @Option(
      names = "--situations",
      paramLabel = "FILE",
      defaultValue = "gatling/league/situations.properties",
      description = "The situations (default: ${DEFAULT-VALUE}).")
  private Path situations = Path.of("gatling/league/situations.properties");

  @Option(
      names = "--contenders",
      paramLabel = "FILE",
      defaultValue = "gatling/league/contenders.properties",
      description = "The strategies (default: ${DEFAULT-VALUE}).")
  private Path contenders = Path.of("gatling/league/contenders.properties");

  @Option(
      names = "--into",
      paramLabel = "FOLDER",
      defaultValue = "results/league",
      description = "Where the tables are (default: ${DEFAULT-VALUE}).")
  private Path into = Path.of("results/league");

  @Override
  public Integer call() throws IOException {
    Season season = Season.of(contenders, situations);
    System.out.printf(
        "%d strategies in %d situations%n", season.contenders(), season.situations());
    long began = System.nanoTime();
    LeagueFiles files = new LeagueFiles(Files.createDirectories(into));
    League league =
        season.play(
            files,
            (played, open) -> {
              if (played % 500 == 0 || played.equals(open)) {
                System.out.printf(
                    "  %d of %d matches, %.0f s%n", played, open, (System.nanoTime() - began) / 1e9);
              }
            });
    files.write(league);
    LeagueReport.write(into);
    return 0;
  }
}
