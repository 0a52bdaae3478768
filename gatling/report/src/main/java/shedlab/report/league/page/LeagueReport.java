package shedlab.report.league.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Theme;
import shedlab.report.file.WholeFile;

/**
 * Makes {@code index.html}, {@code README.md}, {@code README-block.md} and {@code charts/*.svg} of
 * a league from its CSV files alone. The same files give the same bytes.
 */
public final class LeagueReport {
  private LeagueReport() {}

  /**
   * Writes them into the league's folder, over earlier ones.
   *
   * @throws IOException with a one-line message that names file and line, if a file is missing or
   *     is not what it should be; then no file has been changed
   */
  public static void write(Path folder) throws IOException {
    LeagueData league = LeagueData.read(folder);
    String page = LeaguePage.of(league);
    Chart chart = RankChart.of(league);
    String readme = LeagueReadme.of(league, chart);
    Path charts = Files.createDirectories(folder.resolve("charts"));
    put(charts.resolve(chart.name() + "-light.svg"), chart.file(Theme.LIGHT));
    put(charts.resolve(chart.name() + "-dark.svg"), chart.file(Theme.DARK));
    put(folder.resolve("README.md"), readme);
    put(folder.resolve("README-block.md"), LeagueReadme.block(league, chart));
    put(folder.resolve("index.html"), page);
  }

  private static void put(Path file, String text) throws IOException {
    WholeFile.write(file, text, false);
  }
}
