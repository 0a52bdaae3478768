package shedlab.report.league;

import java.io.IOException;
import java.util.List;
import shedlab.report.metric.Column;
import shedlab.report.metric.Unit;

/**
 * A contender's goodput in a situation, simulated and on a real server, in capacities: a row of
 * {@code real.csv}.
 *
 * @param simulated with the same arrivals and sizes, mean over the blocks
 * @param measured mean over the blocks
 * @param low {@code measured} less the half-width of the 95 % interval of the difference of the
 *     two, block by block; NaN with a single block
 * @param high {@code measured} and that half-width
 * @param why what explains a disagreement; empty if there is none or it is open
 */
public record RealScore(
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
  public static final List<Column<RealScore>> COLUMNS =
      List.of(
          new Column<>("contender", Unit.NONE, "who", RealScore::contender),
          new Column<>("situation", Unit.NONE, "where", RealScore::situation),
          new Column<>(
              "load", Unit.CAPACITY, "the offered load", s -> LeagueFiles.number(s.load())),
          new Column<>(
              "task_ms",
              Unit.MILLIS,
              "mean CPU time of a request",
              s -> LeagueFiles.number(s.taskMillis())),
          new Column<>(
              "deadline_ms",
              Unit.MILLIS,
              "up to which an answer counts",
              s -> LeagueFiles.number(s.deadlineMillis())),
          new Column<>(
              "simulated",
              Unit.CAPACITY,
              "goodput in the simulator, with the same arrivals and sizes",
              s -> LeagueFiles.number(s.simulated())),
          new Column<>(
              "measured",
              Unit.CAPACITY,
              "goodput of a real server, mean over the blocks",
              s -> LeagueFiles.number(s.measured())),
          new Column<>(
              "low",
              Unit.CAPACITY,
              "measured less the half-width of the 95 % interval of the difference from simulated, block by"
                  + " block; empty with a single block",
              s -> LeagueFiles.number(s.low())),
          new Column<>(
              "high",
              Unit.CAPACITY,
              "measured and that half-width",
              s -> LeagueFiles.number(s.high())),
          new Column<>("why", Unit.NONE, "what explains a disagreement", RealScore::why));

  /** Simulated minus measured, in points of the capacity. */
  public double points() {
    return 100 * (simulated - measured);
  }

  /**
   * Whether they differ by more than five points, and by more than the interval leaves possible; a
   * single block leaves nothing else possible.
   */
  public boolean disagrees() {
    return Math.abs(simulated - measured) > SMALL && !(low <= simulated && simulated <= high);
  }

  /**
   * New scores with the explanations that people wrote into an earlier file, where they still
   * disagree.
   */
  public static List<RealScore> explained(List<RealScore> fresh, List<RealScore> earlier) {
    return fresh.stream()
        .map(
            score ->
                earlier.stream()
                    .filter(old -> score.disagrees() && score.why().isEmpty())
                    .filter(old -> old.contender().equals(score.contender()))
                    .filter(old -> old.situation().equals(score.situation()))
                    .findFirst()
                    .map(old -> score.because(old.why()))
                    .orElse(score))
        .toList();
  }

  private RealScore because(String reason) {
    return new RealScore(
        contender,
        situation,
        load,
        taskMillis,
        deadlineMillis,
        simulated,
        measured,
        low,
        high,
        reason);
  }

  static RealScore of(CsvTable.Row row) throws IOException {
    return new RealScore(
        row.text("contender"),
        row.text("situation"),
        row.number("load"),
        row.number("task_ms"),
        row.number("deadline_ms"),
        row.number("simulated"),
        row.number("measured"),
        row.numberOrNone("low"),
        row.numberOrNone("high"),
        row.text("why"));
  }
}
