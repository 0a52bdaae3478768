package shedlab.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Theme;
import shedlab.report.file.WholeFile;
import shedlab.report.page.Page;
import shedlab.report.page.ReadmeBlock;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.page.WriteUp;
import shedlab.report.result.RunFiles;
import shedlab.report.section.Sections;
import shedlab.report.text.HumanText;

/**
 * Makes {@code summary.csv}, {@code pairs.csv}, {@code scores.csv}, {@code charts/*.svg}, {@code
 * REPORT.md}, {@code README-block.md}, {@code report.html} and {@code SHA256SUMS} of a run,
 * finished or not, from its files alone. The same files give the same bytes.
 */
public final class Report {
  private Report() {}

  /**
   * Writes the report into the run's folder, over an earlier one. In {@code REPORT.md}, text
   * between {@code <!-- human:NAME -->} and {@code <!-- /human -->} stays.
   *
   * @throws IOException with a one-line message if the run cannot be read, or if a human block of
   *     {@code REPORT.md} is not closed; then no file has been changed
   */
  public static void write(Path folder) throws IOException {
    var run = new Subject(RunFiles.open(folder));
    List<Section> sections = Sections.of(run);
    String fresh = WriteUp.of(run, sections);
    Path writeUp = folder.resolve("REPORT.md");
    String text =
        Files.exists(writeUp) ? HumanText.carried(Files.readString(writeUp), fresh) : fresh;
    String page = Page.of(run, sections);
    Path charts = Files.createDirectories(folder.resolve("charts"));
    put(folder.resolve("summary.csv"), run.summary.csv(run.floor.floor()));
    put(folder.resolve("pairs.csv"), run.pairs.csv(run.floor.floor()));
    put(folder.resolve("scores.csv"), run.scores.csv(run.floor.floor()));
    removeOthers(charts, run.files());
    for (Chart chart : run.files()) {
      put(charts.resolve(chart.name() + "-light.svg"), chart.file(Theme.LIGHT));
      put(charts.resolve(chart.name() + "-dark.svg"), chart.file(Theme.DARK));
    }
    put(writeUp, text);
    put(folder.resolve("README-block.md"), ReadmeBlock.of(run));
    put(folder.resolve("report.html"), page);
    put(folder.resolve(Checksums.FILE), Checksums.of(folder));
  }

  /** Deletes charts of an earlier report that this one does not have. */
  private static void removeOthers(Path charts, List<Chart> mine) throws IOException {
    List<String> names = mine.stream().map(Chart::name).toList();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(charts, "*-{light,dark}.svg")) {
      for (Path chart : all) {
        String name = String.valueOf(chart.getFileName());
        if (!names.contains(name.substring(0, name.lastIndexOf('-')))) {
          Files.delete(chart);
        }
      }
    }
  }

  private static void put(Path file, String text) throws IOException {
    WholeFile.write(file, text, false);
  }
}
