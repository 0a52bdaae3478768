package shedlab.report.league.page;

import java.util.ArrayList;
import java.util.List;
import shedlab.report.chart.Chart;
import shedlab.report.league.Contender.Kind;
import shedlab.report.page.Picture;

/** The league in Markdown: {@code README.md} of its folder, and a block for another README. */
final class LeagueReadme {
  private static final int BLOCK_ROWS = 10;

  private LeagueReadme() {}

  static String of(LeagueData data, Chart chart) {
    var finding = new Finding(data);
    List<String> parts = new ArrayList<>();
    parts.add("# The league");
    parts.add("**" + Finding.question() + "**");
    parts.add(String.join(" ", finding.sentences()));
    parts.add(
        finding.facts()
            + ". One page has everything, among it your service's cores, task and deadline:"
            + " [index.html](index.html) (open it in a browser; it loads nothing).");
    if (data.hasMap()) {
      parts.add(
          "For how long must an overload last until the service does not come back by itself:"
              + " [the map of metastable states]("
              + LeagueData.MAP
              + ").");
    }
    parts.add(Picture.of(chart));
    parts.add("## Settings computed from cores and deadline");
    parts.add(new RankTable(data, data.ranked(Kind.TUNED)).markdown(Integer.MAX_VALUE));
    if (!finding.ties().isEmpty()) {
      parts.add(finding.ties());
    }
    parts.add("## Default settings");
    parts.add(new RankTable(data, data.ranked(Kind.DEFAULT)).markdown(Integer.MAX_VALUE));
    if (!data.ranked(Kind.REFERENCE).isEmpty()) {
      parts.add("## References, which know what no strategy can know");
      parts.add(new RankTable(data, data.ranked(Kind.REFERENCE)).markdown(Integer.MAX_VALUE));
    }
    parts.add("## How to read this");
    Method.TEXT.forEach(text -> parts.add("- " + text));
    parts.add(
        "Files: [contenders.csv](contenders.csv), [situations.csv](situations.csv) and"
            + " [scores.csv](scores.csv). `make league` computes what changed and writes all of it"
            + " anew.");
    parts.removeIf(String::isEmpty);
    return String.join("\n\n", parts) + "\n";
  }

  /** Links are relative to the league's folder. */
  static String block(LeagueData data, Chart chart) {
    var finding = new Finding(data);
    List<String> parts = new ArrayList<>();
    String found = String.join(" ", finding.sentences()) + " " + finding.ties();
    parts.add("**" + Finding.question() + "** " + found.strip());
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
