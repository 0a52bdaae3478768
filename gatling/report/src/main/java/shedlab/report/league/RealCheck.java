package shedlab.report.league;

import java.io.IOException;
import java.util.List;
import shedlab.report.metric.Column;
import shedlab.report.metric.Unit;

/**
 * Simulated and measured goodput of a contender in a situation: a row of {@code real.csv}.
 *
 * @param simulated goodput as a multiple of the capacity; the same for measured
 * @param low end of the interval of the measured one
 * @param high the other end
 * @param why they disagree; empty if they do not, or nobody knows
 */
public record RealCheck(
    String contender,
    String situation,
    double load,
    double taskMillis,
    double deadlineMillis,
    double simulated,
    double measured,
    double low,
    double high,
    String why) {
  /** A difference that is of no account, in capacities. */
  private static final double SMALL = 0.05;

  /** Columns of the file. */
  public static final List<Column<RealCheck>> COLUMNS =
      List.of(
          new Column<>("contender", Unit.NONE, "who", RealCheck::contender),
          new Column<>("situation", Unit.NONE, "where", RealCheck::situation),
          new Column<>(
              "load", Unit.CAPACITY, "the offered load", c -> LeagueFiles.number(c.load())),
          new Column<>(
              "task_ms",
              Unit.MILLIS,
              "mean CPU time of a request",
              c -> LeagueFiles.number(c.taskMillis())),
          new Column<>(
              "deadline_ms",
              Unit.MILLIS,
              "up to which an answer counts",
              c -> LeagueFiles.number(c.deadlineMillis())),
          new Column<>(
              "simulated",
              Unit.CAPACITY,
              "goodput in the simulator",
              c -> LeagueFiles.number(c.simulated())),
          new Column<>(
              "measured",
              Unit.CAPACITY,
              "goodput of a real server",
              c -> LeagueFiles.number(c.measured())),
          new Column<>(
              "low",
              Unit.CAPACITY,
              "lower end of its 95 % interval",
              c -> LeagueFiles.number(c.low())),
          new Column<>(
              "high",
              Unit.CAPACITY,
              "upper end of its 95 % interval",
              c -> LeagueFiles.number(c.high())),
          new Column<>("why", Unit.NONE, "why they disagree; empty if unknown", RealCheck::why));

  /** Simulated minus measured, in points of the capacity. */
  public double points() {
    return 100 * (simulated - measured);
  }

  /** Whether they differ by more than five points, and by more than the interval leaves possible. */
  public boolean disagrees() {
    return Math.abs(simulated - measured) > SMALL && (simulated < low || simulated > high);
  }

  static RealCheck of(CsvTable.Row row) throws IOException {
    return new RealCheck(
        row.text("contender"),
        row.text("situation"),
        row.number("load"),
        row.number("task_ms"),
        row.number("deadline_ms"),
        row.number("simulated"),
        row.number("measured"),
        row.number("low"),
        row.number("high"),
        row.text("why"));
  }
}
