package shedlab.report.page;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code README-block.md}: a README's summary of the run. It has the findings, one chart, one
 * table, and the command; links are relative to the run's folder.
 */
public final class ReadmeBlock {
  /** The charts of which the first is shown. */
  private static final List<String> OVER_TIME_OR_LOAD = List.of("goodput", "course");

  private ReadmeBlock() {}

  public static String of(Subject run) {
    List<String> parts = new ArrayList<>();
    parts.add(WriteUp.opening(run, "report.html"));
    run.files().stream()
        .filter(chart -> OVER_TIME_OR_LOAD.contains(chart.name()))
        .findFirst()
        .ifPresent(chart -> parts.add(Picture.of(chart)));
    parts.add(table(run));
    String command = run.evidence.command();
    // Above the command there may be a remark on it.
    String typed = command.substring(command.lastIndexOf('\n') + 1);
    parts.add("From a run of `" + typed + "`, [written up here](REPORT.md).");
    parts.removeIf(String::isEmpty);
    return String.join("\n\n", parts) + "\n";
  }

  /** The table: how strategies followed a change, else the cost of 429s, else goodput. */
  private static String table(Subject run) {
    Part dynamics = Part.table(run.tables.dynamics());
    if (!dynamics.writeUp().isEmpty()) {
      return "Medians of the valid runs; least and most in brackets; goodput in % of the capacity,"
          + " over the whole course.\n\n"
          + dynamics.writeUp();
    }
    if (!run.refusals.all().isEmpty()) {
      return "Goodput in % of the capacity; in brackets the ceiling: what refusals alone leave of the capacity:\n\n"
          + Part.table(run.plainTables.goodput()).writeUp()
          + "\n\nCPU time of a 429 in µs (`200:` that of the cheapest 200, for "
          + "comparison):\n\n"
          + Part.table(run.tables.prices()).writeUp();
    }
    return "Goodput "
        + run.at()
        + " in % of the capacity"
        + (run.ranked()
            ? "; ● marks the best on each server and those from which no difference was found"
            : "")
        + ":\n\n"
        + Part.table(run.plainTables.matrix()).writeUp();
  }
}
