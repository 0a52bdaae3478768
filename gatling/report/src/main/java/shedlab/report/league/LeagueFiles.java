package shedlab.report.league;

import static java.util.stream.Collectors.joining;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import shedlab.report.file.WholeFile;
import shedlab.report.metric.Column;
import shedlab.report.metric.Fields;
import shedlab.report.metric.Unit;

/**
 * The files of a league: {@code contenders.csv}, {@code situations.csv} and {@code scores.csv}.
 * They are all that its page is made from.
 */
public final class LeagueFiles {
  private static final String SCORES = "scores.csv";
  private static final String SITUATIONS = "situations.csv";
  private static final String CONTENDERS = "contenders.csv";
  private static final String REAL = "real.csv";
  private static final int DIGITS = 4;

  /** Columns of {@code contenders.csv}. */
  public static final List<Column<Contender>> CONTENDER_COLUMNS =
      List.of(
          new Column<>("contender", Unit.NONE, "the name in tables", Contender::name),
          new Column<>(
              "kind",
              Unit.NONE,
              "`default`, `tuned` (from a deadline and a number of cores) or `reference` (knows"
                  + " what no strategy can know)",
              each -> each.kind().word()),
          new Column<>(
              "strategy", Unit.NONE, "its text, as in an experiment", Contender::template));

  /** Columns of {@code situations.csv}. */
  public static final List<Column<Facts>> SITUATION_COLUMNS =
      List.of(
          new Column<>("situation", Unit.NONE, "its name", Facts::name),
          new Column<>("group", Unit.NONE, "situations of one kind", Facts::group),
          new Column<>("cores", Unit.NONE, "of the server", f -> Integer.toString(f.cores())),
          new Column<>(
              "workers_per_core",
              Unit.NONE,
              "threads that share a core",
              f -> Integer.toString(f.workersPerCore())),
          new Column<>(
              "task_ms", Unit.NONE, "mean CPU time of a request", f -> number(f.taskMillis())),
          new Column<>(
              "deadline_ms",
              Unit.NONE,
              "up to which an answer counts",
              f -> number(f.deadlineMillis())),
          new Column<>("law", Unit.NONE, "how requests differ in size", Facts::law),
          new Column<>("load", Unit.CAPACITY, "of a course, its phase of 1", f -> number(f.load())),
          new Column<>(
              "ceilings",
              Unit.CAPACITY,
              "goodput that no strategy exceeds which does not know sizes, for each seed",
              f -> list(f.ceilings())));

  /** Columns of {@code scores.csv}. */
  public static final List<Column<Score>> SCORE_COLUMNS =
      List.of(
          new Column<>("contender", Unit.NONE, "who", Score::contender),
          new Column<>("situation", Unit.NONE, "where", Score::situation),
          new Column<>(
              "goodputs", Unit.CAPACITY, "answers in time, for each seed", s -> list(s.goodputs())),
          new Column<>(
              "false_sheds",
              Unit.SHARE,
              "of the tries while the offered load was below the capacity",
              s -> number(s.falseSheds())),
          new Column<>(
              "p99_ms", Unit.NONE, "of the admitted; empty if none", s -> number(s.p99Millis())),
          new Column<>(
              "waste", Unit.SHARE, "of the admitted that were not in time", s -> number(s.waste())),
          new Column<>(
              "recovery_s",
              Unit.NONE,
              "from the end of a disturbance; empty without one, or if it never recovered",
              s -> optional(s.recoverySeconds())),
          new Column<>(
              "urgent",
              Unit.SHARE,
              "of the most urgent requests that were in time; empty with one kind",
              s -> optional(s.urgent())),
          new Column<>(
              "content",
              Unit.NONE,
              "digest of strategy, situation and code: with the same one, nothing is computed again",
              Score::content));

  /** Columns of {@code real.csv}. */
  public static final List<Column<RealScore>> REAL_COLUMNS =
      List.of(
          new Column<>("contender", Unit.NONE, "who", RealScore::contender),
          new Column<>("situation", Unit.NONE, "where", RealScore::situation),
          new Column<>("load", Unit.CAPACITY, "offered", r -> number(r.load())),
          new Column<>(
              "task_ms", Unit.NONE, "mean CPU time of a request", r -> number(r.taskMillis())),
          new Column<>(
              "deadline_ms",
              Unit.NONE,
              "up to which an answer counts",
              r -> number(r.deadlineMillis())),
          new Column<>("simulated", Unit.CAPACITY, "goodput", r -> number(r.simulated())),
          new Column<>(
              "measured",
              Unit.CAPACITY,
              "goodput, mean over the blocks",
              r -> number(r.measured())),
          new Column<>(
              "low", Unit.CAPACITY, "lower end of its 95 % interval", r -> number(r.low())),
          new Column<>("high", Unit.CAPACITY, "upper end", r -> number(r.high())),
          new Column<>("why", Unit.NONE, "what explains a disagreement", RealScore::why));

  private final Path folder;

  /** Of a folder that exists. */
  public LeagueFiles(Path folder) {
    this.folder = folder;
  }

  /** Replaces all three. */
  public void write(League league) throws IOException {
    WholeFile.write(
        folder.resolve(CONTENDERS), Column.csv(CONTENDER_COLUMNS, league.contenders()), false);
    WholeFile.write(
        folder.resolve(SITUATIONS), Column.csv(SITUATION_COLUMNS, league.situations()), false);
    WholeFile.write(folder.resolve(SCORES), Column.csv(SCORE_COLUMNS, league.scores()), false);
  }

  /**
   * Reads all three.
   *
   * @throws IOException that names the file, if one is missing or is not what it should be
   */
  public League read() throws IOException {
    return new League(
        rows(
            CONTENDERS,
            row ->
                new Contender(
                    row.getField("contender"),
                    Contender.Kind.valueOf(row.getField("kind").toUpperCase(Locale.ROOT)),
                    row.getField("strategy"))),
        rows(
            SITUATIONS,
            row ->
                new Facts(
                    row.getField("situation"),
                    row.getField("group"),
                    Integer.parseInt(row.getField("cores")),
                    Integer.parseInt(row.getField("workers_per_core")),
                    decimal(row, "task_ms"),
                    decimal(row, "deadline_ms"),
                    row.getField("law"),
                    decimal(row, "load"),
                    list(row.getField("ceilings")))),
        scores());
  }

  /** Replaces {@code real.csv}. */
  public void writeReal(List<RealScore> scores) throws IOException {
    WholeFile.write(folder.resolve(REAL), Column.csv(REAL_COLUMNS, scores), false);
  }

  /** What a real server did; nothing if nobody asked one. */
  public List<RealScore> real() throws IOException {
    return Files.exists(folder.resolve(REAL))
        ? rows(
            REAL,
            row ->
                new RealScore(
                    row.getField("contender"),
                    row.getField("situation"),
                    decimal(row, "load"),
                    decimal(row, "task_ms"),
                    decimal(row, "deadline_ms"),
                    decimal(row, "simulated"),
                    decimal(row, "measured"),
                    decimal(row, "low"),
                    decimal(row, "high"),
                    row.getField("why")))
        : List.of();
  }

  /** The scores that are there; none if there is no such file. */
  public List<Score> kept() throws IOException {
    return Files.exists(folder.resolve(SCORES)) ? scores() : List.of();
  }

  private List<Score> scores() throws IOException {
    return rows(
        SCORES,
        row ->
            new Score(
                row.getField("contender"),
                row.getField("situation"),
                list(row.getField("goodputs")),
                decimal(row, "false_sheds"),
                decimal(row, "p99_ms"),
                decimal(row, "waste"),
                row.getField("recovery_s").isEmpty() ? null : decimal(row, "recovery_s"),
                row.getField("urgent").isEmpty() ? null : decimal(row, "urgent"),
                row.getField("content")));
  }

  private <T> List<T> rows(String file, Function<NamedCsvRecord, T> read) throws IOException {
    Path path = folder.resolve(file);
    List<T> rows = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(path)) {
      for (NamedCsvRecord row : csv) {
        try {
          rows.add(read.apply(row));
        } catch (RuntimeException e) {
          throw new IOException(
              path
                  + ":"
                  + row.getStartingLineNumber()
                  + ": not a row of this file ("
                  + e.getMessage()
                  + ") (expected: as make league wrote it)",
              e);
        }
      }
    }
    return rows;
  }

  private static double decimal(NamedCsvRecord row, String column) {
    String text = row.getField(column);
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
  }

  private static List<Double> list(String text) {
    return Arrays.stream(text.split(" ")).map(Double::valueOf).toList();
  }

  private static String list(List<Double> values) {
    return values.stream().map(LeagueFiles::number).collect(joining(" "));
  }

  private static String optional(Double value) {
    return value == null ? "" : number(value);
  }

  private static String number(double value) {
    return Fields.number(value, DIGITS);
  }
}
