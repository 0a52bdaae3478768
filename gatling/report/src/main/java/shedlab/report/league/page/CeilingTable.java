package shedlab.report.league.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import shedlab.report.league.Facts;
import shedlab.report.league.Score;
import shedlab.report.table.Table;
import shedlab.report.text.Numbers;

/** How far the best known strategy is below the upper bound, in every situation. */
final class CeilingTable {
  private static final double CLOSE = 3;

  private final List<Gap> gaps = new ArrayList<>();

  /** Goodputs in capacities. */
  private record Gap(Facts situation, String best, double achieved, double ceiling) {
    double points() {
      return 100 * (ceiling - achieved);
    }
  }

  CeilingTable(LeagueData data) {
    for (Facts facts : data.situations()) {
      if (data.contenders().stream().anyMatch(each -> data.score(each, facts) != null)) {
        String best = data.standings().best(facts.name());
        Score score = Objects.requireNonNull(data.standings().score(best, facts.name()));
        double ceiling =
            facts.ceilings().stream().mapToDouble(Double::doubleValue).average().orElse(0);
        gaps.add(new Gap(facts, best, score.meanGoodput(), ceiling));
      }
    }
  }

  String sentence() {
    long close = gaps.stream().filter(gap -> gap.points() <= CLOSE).count();
    Gap farthest = gaps.stream().max(Comparator.comparingDouble(Gap::points)).orElse(null);
    return close
        + " of "
        + gaps.size()
        + " situations are settled: the best strategy is within "
        + Numbers.plain(CLOSE)
        + " points of the upper bound."
        + (farthest == null || farthest.points() <= CLOSE
            ? ""
            : " The gap is widest in "
                + farthest.situation().name()
                + ": `"
                + farthest.best()
                + "` is "
                + Points.text(farthest.points())
                + " points below it.");
  }

  String table() {
    return Table.of(
            List.of("situation", "best", "its goodput", "upper bound", "points between"),
            2,
            gaps.stream()
                .map(
                    gap ->
                        List.of(
                            gap.situation().name(),
                            gap.best(),
                            Numbers.percent(gap.achieved()),
                            Numbers.percent(gap.ceiling()),
                            Points.text(gap.points())))
                .toList())
        .html();
  }
}
