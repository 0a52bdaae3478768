package shedlab.bench.league;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import shedlab.report.league.Contender;
import shedlab.report.league.CoursePoint;
import shedlab.report.league.League;
import shedlab.report.league.Standings;
import shedlab.simulation.result.Interval;
import shedlab.strategy.Strategy;

/**
 * The course of every contender in the situation in which its regret is greatest, with the first
 * seed; the lead-in is part of it.
 */
final class Courses {
  private static final Duration ROW = Duration.ofMillis(Math.round(CoursePoint.SECONDS * 1_000));

  private Courses() {}

  /** Simulates them, on all CPUs; contenders by kind, then as they are ranked. */
  static List<CoursePoint> of(Season season, League league) {
    Map<String, Situation> situations = new HashMap<>();
    season.all().forEach(situation -> situations.put(situation.name(), situation));
    Standings standings = Standings.of(league);
    List<Standings.Row> rows =
        Stream.of(Contender.Kind.values())
            .flatMap(kind -> standings.ranked(kind).stream())
            .toList();
    return rows.parallelStream()
        .flatMap(
            row ->
                course(
                    row.contender(), Objects.requireNonNull(situations.get(row.worstSituation())))
                    .stream())
        .toList();
  }

  private static List<CoursePoint> course(Contender contender, Situation situation) {
    Strategy strategy = situation.strategy(contender.template());
    long seed = situation.seedValues().findFirst().orElseThrow();
    return situation.load().simulation(strategy, seed).interval(ROW).run().series().stream()
        .map(row -> point(contender, situation, row))
        .toList();
  }

  private static CoursePoint point(Contender contender, Situation situation, Interval row) {
    double whole = row.seconds() * situation.load().capacityPerSecond();
    return new CoursePoint(
        contender.name(),
        situation.name(),
        row.startSeconds(),
        row.offered() / whole,
        row.good() / whole,
        row.late() / whole,
        row.shed() / whole,
        row.p99Nanos() == 0 ? Double.NaN : row.p99Nanos() / 1e6);
  }
}
