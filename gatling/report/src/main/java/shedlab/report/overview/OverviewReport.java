package shedlab.report.overview;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Theme;
import shedlab.report.file.WholeFile;
import shedlab.report.overview.Overview.Row;
import shedlab.report.page.Picture;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.pair.Ratio;
import shedlab.report.table.Table;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/**
 * Makes {@code README.md}, {@code README-block.md} and {@code charts/*.svg} of {@code
 * results/overview} from the published runs alone. The same runs give the same bytes.
 */
public final class OverviewReport {
  /** The name of its folder, and of its marks. */
  public static final String NAME = "overview";

  private final Overview overview;
  private final List<Standing> standings;
  private final StrategyNames names;
  private final Chart chart;

  private OverviewReport(Overview overview) {
    this.overview = overview;
    this.standings = Standing.of(overview);
    this.names = new StrategyNames(overview.strategies());
    this.chart = RatioMap.of(overview);
  }

  /**
   * Writes it over an earlier one, if the published runs have anything to compare.
   *
   * @param results the folder that has the published runs
   * @return its folder; empty if nothing was written
   * @throws IOException if a published run cannot be read; then no file has been changed
   */
  public static Optional<Path> write(Path results) throws IOException {
    return write(results, results.resolve(NAME));
  }

  /** The same in another folder. */
  static Optional<Path> write(Path results, Path folder) throws IOException {
    Optional<Overview> overview = Overview.of(results).filter(all -> !all.strategies().isEmpty());
    if (overview.isEmpty()) {
      return Optional.empty();
    }
    var report = new OverviewReport(overview.get());
    Path charts = Files.createDirectories(folder.resolve("charts"));
    String name = report.chart.name();
    put(charts.resolve(name + "-light.svg"), report.chart.file(Theme.LIGHT));
    put(charts.resolve(name + "-dark.svg"), report.chart.file(Theme.DARK));
    put(folder.resolve("README.md"), report.page());
    put(folder.resolve("README-block.md"), report.block());
    return Optional.of(folder);
  }

  private static void put(Path file, String text) throws IOException {
    WholeFile.write(file, text, false);
  }

  /** Links are relative to the folder. */
  private String block() {
    return String.join(
            "\n\n", List.of(said(), ranked(), Picture.of(chart), "[Every figure](README.md)."))
        + "\n";
  }

  private String page() {
    List<String> parts = new ArrayList<>();
    parts.add("# All published runs side by side");
    parts.add(said());
    parts.add(ranked());
    parts.add(Picture.of(chart));
    parts.add("## Every figure");
    parts.add(
        "Goodput divided by the reference's in the same block, with the 95 % interval, from"
            + " `pairs.csv` of each run.");
    parts.add(figures());
    parts.add("## The strategies");
    parts.add(settings());
    return String.join("\n\n", parts) + "\n";
  }

  private String said() {
    return "Goodput beside the reference's, `"
        + overview.reference()
        + "`, in "
        + Prose.count(overview.rows().size(), "condition")
        + " of "
        + Prose.count(overview.rows().stream().map(Row::run).distinct().count(), "published run")
        + " on real servers. A strategy is here if "
        + Overview.LEAST_RUNS
        + " runs or more have it. The conditions were chosen to part the strategies: how many of"
        + " them a strategy loses says nothing of how often it will lose elsewhere.";
  }

  private String ranked() {
    List<List<String>> rows = new ArrayList<>();
    for (Standing each : standings) {
      rows.add(
          List.of(
              names.code(each.strategy()),
              each.atWorst().map(Ratio::figure).orElse(Numbers.NO_FIGURE),
              each.worst().map(Row::words).orElse(Numbers.NO_FIGURE),
              Long.toString(each.count(Verdict.WORSE)),
              Long.toString(each.count(Verdict.EQUAL)),
              Long.toString(each.count(Verdict.BETTER)),
              Long.toString(each.open()),
              Long.toString(each.conditions())));
    }
    return Table.of(
            List.of(
                "strategy",
                "worst ratio",
                "where",
                "worse",
                "equal",
                "better",
                "open",
                "conditions"),
            1,
            rows)
        .markdown()
        .strip();
  }

  private String figures() {
    List<String> columns = new ArrayList<>(List.of("condition"));
    standings.forEach(each -> columns.add(names.code(each.strategy())));
    List<List<String>> rows = new ArrayList<>();
    for (Row row : overview.rows()) {
      List<String> cells = new ArrayList<>();
      cells.add("[" + row.words() + "](../" + row.run() + "/REPORT.md)");
      standings.forEach(each -> cells.add(row.pair(each.strategy()).map(Ratio::text).orElse("")));
      rows.add(cells);
    }
    return Table.of(columns, 1, rows).markdown().strip();
  }

  private String settings() {
    List<List<String>> rows =
        standings.stream()
            .map(each -> List.of(names.code(each.strategy()), "`" + each.strategy() + "`"))
            .toList();
    return Table.of(List.of("name", "settings"), 2, rows).markdown().strip();
  }
}
