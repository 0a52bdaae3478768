package shedlab.report.league.page;

import java.util.ArrayList;
import java.util.List;
import shedlab.report.chart.Chart;
import shedlab.report.league.Contender.Kind;
import shedlab.report.page.Picture;

/** The league in Markdown: {@code README.md} of its folder, and a block for another README. */
final class LeagueReadme {
  private static final int BLOCK_ROWS = 10;

  /** For a reader who comes from elsewhere; {@link Method} has it at length. */
  private static final String LEGEND =
      "**Regret**: how much of the capacity a strategy loses against the best one in the same"
          + " situation. **Above 10**: in how many situations it loses more than ten points."
          + " **False sheds**: requests refused below the capacity. **p99 late in**: situations whose"
          + " p99 is beyond the deadline. **Waste**: admitted work that ended too late. **Tuned**"
          + " settings are computed from the cores (`${cpus}`), the worker threads (`${workers}`)"
          + " and the deadline; **default** ones are those of the library or paper.";

  private LeagueReadme() {}

  static String of(LeagueData data, Chart chart) {
    var finding = new Finding(data);
    List<String> parts = new ArrayList<>();
    parts.add("# The league");
    parts.add("**" + Finding.question() + "**");
    parts.add(String.join(" ", finding.sentences()));
    parts.add(
        finding.facts()
            + ". One page has every situation, and a filter for your service's cores, task and"
            + " deadline: [index.html](index.html) (open it in a browser; it loads nothing).");
    if (data.hasMap()) {
      parts.add(
          "How long an overload must last before the service no longer recovers by itself:"
              + " [the map of metastable states]("
              + LeagueData.MAP
              + ").");
    }
    parts.add(Picture.of(chart));
    parts.add("## Tuned settings");
    parts.add(new RankTable(data, data.ranked(Kind.TUNED)).markdown(Integer.MAX_VALUE));
    parts.add("## Default settings");
    parts.add(new RankTable(data, data.ranked(Kind.DEFAULT)).markdown(Integer.MAX_VALUE));
    if (!data.ranked(Kind.REFERENCE).isEmpty()) {
      parts.add("## References, which know what no strategy can know");
      parts.add(new RankTable(data, data.ranked(Kind.REFERENCE)).markdown(Integer.MAX_VALUE));
    }
    parts.add("## How to read this");
    Method.TEXT.forEach(text -> parts.add("- " + text));
    parts.add(
        "Files: [contenders.csv](contenders.csv), [situations.csv](situations.csv),"
            + " [scores.csv](scores.csv), [courses.csv](courses.csv) and"
            + " [sensitivity.csv](sensitivity.csv). `make league` computes what changed and writes"
            + " all of it anew.");
    parts.removeIf(String::isEmpty);
    return String.join("\n\n", parts) + "\n";
  }

  /** Links are relative to the league's folder. */
  static String block(LeagueData data, Chart chart) {
    var finding = new Finding(data);
    List<String> parts = new ArrayList<>();
    parts.add("**" + Finding.question() + "** " + String.join(" ", finding.sentences()));
    parts.add(LEGEND);
    parts.add(new RankTable(data, data.ranked(Kind.TUNED)).markdown(BLOCK_ROWS));
    parts.add(Picture.of(chart));
    parts.add(
        finding.facts()
            + ". [All strategies](README.md); [one page with every situation, and with a filter for"
            + " your own service](index.html).");
    parts.removeIf(String::isEmpty);
    return String.join("\n\n", parts) + "\n";
  }
}
