package shedlab.report.metastable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import shedlab.report.file.WholeFile;
import shedlab.report.league.CsvTable;
import shedlab.report.metric.Column;
import shedlab.report.metric.Fields;
import shedlab.report.metric.Unit;

/** {@code metastable.csv}; its only reader and its only writer. */
public final class MapFile {
  /** The file's name in its folder. */
  public static final String FILE = "metastable.csv";

  private static final int DIGITS = 4;

  /** Columns of the file. */
  public static final List<Column<MapPoint>> COLUMNS =
      List.of(
          new Column<>("strategy", Unit.NONE, "the contender's name", MapPoint::strategy),
          new Column<>("load", Unit.CAPACITY, "first tries", p -> Fields.load(p.load())),
          new Column<>(
              "trigger_s",
              Unit.SECONDS,
              "how long the capacity is reduced; 0 for a run without a trigger",
              p -> Fields.load(p.triggerSeconds())),
          new Column<>("retry", Unit.NONE, "how clients try again", MapPoint::retry),
          new Column<>(
              "recovered",
              Unit.SHARE,
              "of the seeds in which the service came back within a minute; without a trigger, in"
                  + " which it worked for that minute",
              p -> Fields.number(p.recovered(), DIGITS)),
          new Column<>(
              "recovery_s",
              Unit.SECONDS,
              "from the end of the trigger, the median of those seeds; empty if there are none",
              p -> Fields.number(p.recoverySeconds(), DIGITS)),
          new Column<>(
              "seeds",
              Unit.NONE,
              "how many were played; 0 between two triggers after which none came back",
              p -> Integer.toString(p.seeds())),
          new Column<>("text", Unit.NONE, "the strategy on this server", MapPoint::text),
          new Column<>(
              "cores", Unit.NONE, "of the server", p -> Integer.toString(p.service().cores())),
          new Column<>(
              "task_ms",
              Unit.MILLIS,
              "mean CPU time of a request",
              p -> Fields.load(p.service().taskMillis())),
          new Column<>("law", Unit.NONE, "how requests differ in size", p -> p.service().law()),
          new Column<>(
              "deadline_ms",
              Unit.MILLIS,
              "up to which an answer counts",
              p -> Fields.load(p.service().deadlineMillis())),
          new Column<>(
              "timeout_ms",
              Unit.MILLIS,
              "after which a client gives up a try and closes its connection",
              p -> Fields.load(p.service().timeoutMillis())),
          new Column<>(
              "left",
              Unit.SHARE,
              "of the capacity, during a trigger",
              p -> Fields.load(p.service().left())),
          new Column<>(
              "content",
              Unit.NONE,
              "digest of strategy, situation and code: with the same one, nothing is computed again",
              MapPoint::content));

  private MapFile() {}

  /** Replaces the file of a folder. */
  public static void write(Path folder, List<MapPoint> points) throws IOException {
    WholeFile.write(folder.resolve(FILE), Column.csv(COLUMNS, points), false);
  }

  /** The points that are there; none if there is no such file. */
  public static List<MapPoint> kept(Path folder) throws IOException {
    return Files.exists(folder.resolve(FILE)) ? read(folder) : List.of();
  }

  /**
   * Reads the file of a folder.
   *
   * @throws IOException that names file and line, if something is not what it should be
   */
  public static List<MapPoint> read(Path folder) throws IOException {
    return CsvTable.read(folder.resolve(FILE), MapFile::point);
  }

  private static MapPoint point(CsvTable.Row row) throws IOException {
    return new MapPoint(
        new Service(
            row.whole("cores"),
            row.number("task_ms"),
            row.text("law"),
            row.number("deadline_ms"),
            row.number("timeout_ms"),
            row.number("left")),
        row.text("strategy"),
        row.text("text"),
        row.number("load"),
        row.text("retry"),
        row.number("trigger_s"),
        row.number("recovered"),
        row.numberOrNone("recovery_s"),
        row.whole("seeds"),
        row.text("content"));
  }
}
