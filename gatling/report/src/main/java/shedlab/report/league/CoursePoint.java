package shedlab.report.league;

import java.util.List;
import shedlab.report.metric.Column;
import shedlab.report.metric.Unit;

/**
 * Half a second of a contender in the situation in which it loses most: a row of {@code
 * courses.csv}.
 *
 * @param seconds where it begins
 * @param offered requests, as a multiple of the capacity; the same for the next three
 * @param p99Millis of the admitted; NaN if none was done
 */
public record CoursePoint(
    String contender,
    String situation,
    double seconds,
    double offered,
    double good,
    double late,
    double shed,
    double p99Millis) {
  /** How long it is. */
  public static final double SECONDS = 0.5;

  /** Columns of the file. */
  public static final List<Column<CoursePoint>> COLUMNS =
      List.of(
          new Column<>("contender", Unit.NONE, "who", CoursePoint::contender),
          new Column<>(
              "situation", Unit.NONE, "where its regret is greatest", CoursePoint::situation),
          new Column<>(
              "seconds", Unit.SECONDS, "begin of the row", p -> LeagueFiles.number(p.seconds())),
          new Column<>("offered", Unit.CAPACITY, "arrivals", p -> LeagueFiles.number(p.offered())),
          new Column<>("good", Unit.CAPACITY, "answers in time", p -> LeagueFiles.number(p.good())),
          new Column<>(
              "late",
              Unit.CAPACITY,
              "answers after the deadline",
              p -> LeagueFiles.number(p.late())),
          new Column<>("shed", Unit.CAPACITY, "refused", p -> LeagueFiles.number(p.shed())),
          new Column<>(
              "p99_ms",
              Unit.MILLIS,
              "of the admitted; empty if none",
              p -> LeagueFiles.number(p.p99Millis())));

  static CoursePoint of(CsvTable.Row row) throws java.io.IOException {
    return new CoursePoint(
        row.text("contender"),
        row.text("situation"),
        row.number("seconds"),
        row.number("offered"),
        row.number("good"),
        row.number("late"),
        row.number("shed"),
        row.numberOrNone("p99_ms"));
  }
}
