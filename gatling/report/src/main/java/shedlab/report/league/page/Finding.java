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

  /**
   * The winner and who ties with it, then the best average if that is another, then the defaults.
   */
  List<String> sentences() {
    List<String> all = new ArrayList<>();
    List<Row> tuned = data.ranked(Kind.TUNED);
    if (!tuned.isEmpty()) {
      all.addAll(winner(tuned));
    }
    List<Row> untouched = data.ranked(Kind.DEFAULT);
    if (!untouched.isEmpty()) {
      all.add(defaults(untouched));
    }
    return all;
  }

  private static List<String> winner(List<Row> tuned) {
    List<String> all = new ArrayList<>();
    Row first = tuned.get(0);
    all.add(
        "`"
            + first.contender().name()
            + "` has the least loss in its worst situation, "
            + Points.text(first.worst())
            + " % of the capacity, and loses "
            + Points.text(first.mean())
            + " % on average.");
    all.addAll(ties(tuned));
    Row mean =
        tuned.stream().min(Comparator.comparingDouble(row -> row.mean().points())).orElse(first);
    if (!mean.equals(first)) {
      all.add(
          "`"
              + mean.contender().name()
              + "` loses least on average ("
              + Points.text(mean.mean().points())
              + " %), and "
              + Points.text(mean.worst())
              + " % in its worst situation.");
    }
    return all;
  }

  /** Those whose worst regret cannot be told apart from that of the first. */
  private static List<String> ties(List<Row> tuned) {
    Row first = tuned.get(0);
    List<String> ties =
        tuned.stream()
            .skip(1)
            .filter(row -> row.worst().overlaps(first.worst()))
            .map(row -> "`" + row.contender().name() + "`")
            .toList();
    return ties.isEmpty()
        ? List.of()
        : List.of(
            (ties.size() > 6 ? ties.size() + " other tuned strategies" : Prose.list(ties))
                + " cannot be told apart from it: the intervals of their worst losses overlap.");
  }

  private static String defaults(List<Row> untouched) {
    Row best = untouched.get(0);
    long collapse = untouched.stream().filter(row -> row.worst().points() >= COLLAPSE).count();
    return "With default settings `"
        + best.contender().name()
        + "` has the least, "
        + Points.text(best.worst())
        + " %, and "
        + collapse
        + " of "
        + untouched.size()
        + " lose more than half of the capacity somewhere.";
  }
}
