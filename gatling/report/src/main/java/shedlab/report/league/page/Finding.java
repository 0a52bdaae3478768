package shedlab.report.league.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import shedlab.report.league.Contender.Kind;
import shedlab.report.league.Standings.Row;
import shedlab.report.text.Prose;

/** What the league found, in sentences. */
final class Finding {
  /** From here on a strategy is said to collapse. */
  private static final double COLLAPSE = 50;

  private final LeagueData data;

  Finding(LeagueData data) {
    this.data = data;
  }

  /** The question that the league answers. */
  static String question() {
    return "Which load shedding strategy loses least, over every scale?";
  }

  /** How much was played. */
  String facts() {
    return Prose.count(data.contenders().size(), "strategy")
        + " in "
        + Prose.count(data.league().situations().size(), "situation")
        + " of a simulated server; regret in points of the capacity";
  }

  /** The winner, then the best average if that is another, then the defaults. */
  List<String> sentences() {
    List<String> all = new ArrayList<>();
    List<Row> tuned = data.ranked(Kind.TUNED);
    List<Row> untouched = data.ranked(Kind.DEFAULT);
    if (!tuned.isEmpty()) {
      Row first = tuned.get(0);
      all.add(
          "`"
              + first.contender().name()
              + "` loses least: at most "
              + Points.text(first.worst())
              + " % of the capacity in its worst situation, "
              + Points.text(first.mean())
              + " % on average.");
      Row mean =
          tuned.stream().min(Comparator.comparingDouble(row -> row.mean().points())).orElse(first);
      if (!mean.equals(first)) {
        all.add(
            "`"
                + mean.contender().name()
                + "` loses least on average ("
                + Points.text(mean.mean().points())
                + " %), and "
                + Points.text(mean.worst().points())
                + " % in its worst situation.");
      }
    }
    if (!untouched.isEmpty()) {
      Row best = untouched.get(0);
      boolean worse = !tuned.isEmpty() && best.worst().points() > tuned.get(0).worst().points();
      long collapse = untouched.stream().filter(row -> row.worst().points() >= COLLAPSE).count();
      all.add(
          (worse ? "No default is as safe: with" : "With")
              + " the library's own settings the best, `"
              + best.contender().name()
              + "`, loses up to "
              + Points.text(best.worst().points())
              + " %, and "
              + collapse
              + " of "
              + untouched.size()
              + " lose more than half of the capacity somewhere.");
    }
    return all;
  }

  /** Those whose worst regret cannot be told apart from that of the first; empty without any. */
  String ties() {
    List<Row> tuned = data.ranked(Kind.TUNED);
    if (tuned.isEmpty()) {
      return "";
    }
    List<String> ties =
        tuned.stream()
            .skip(1)
            .filter(row -> row.worst().overlaps(tuned.get(0).worst()))
            .map(row -> "`" + row.contender().name() + "`")
            .toList();
    return ties.isEmpty()
        ? ""
        : "By worst regret, `"
            + tuned.get(0).contender().name()
            + "` cannot be told apart from "
            + (ties.size() > 6 ? ties.size() + " others" : Prose.list(ties))
            + ": their intervals overlap.";
  }
}
