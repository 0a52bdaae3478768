package shedlab.report.league;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shedlab.report.file.WholeFile;
import shedlab.report.metric.Column;
import shedlab.report.metric.Fields;
import shedlab.report.metric.Unit;

/**
 * The files of a league: {@code contenders.csv}, {@code situations.csv} and {@code scores.csv},
 * which it must have, and {@code courses.csv}, {@code sensitivity.csv} and {@code real.csv}, which
 * it may have. They are all that its page is made from.
 */
public final class LeagueFiles {
  private static final String SCORES = "scores.csv";
  private static final String SITUATIONS = "situations.csv";
  private static final String CONTENDERS = "contenders.csv";
  private static final String COURSES = "courses.csv";
  private static final String SENSITIVITY = "sensitivity.csv";
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

  private final Path folder;

  /** Of a folder that exists. */
  public LeagueFiles(Path folder) {
    this.folder = folder;
  }

  /** Replaces the three files that a league must have. */
  public void write(League league) throws IOException {
    WholeFile.write(
        folder.resolve(CONTENDERS), Column.csv(CONTENDER_COLUMNS, league.contenders()), false);
    WholeFile.write(
        folder.resolve(SITUATIONS), Column.csv(SITUATION_COLUMNS, league.situations()), false);
    WholeFile.write(folder.resolve(SCORES), Column.csv(SCORE_COLUMNS, league.scores()), false);
  }

  /** Replaces the courses. */
  public void writeCourses(List<CoursePoint> points) throws IOException {
    WholeFile.write(folder.resolve(COURSES), Column.csv(CoursePoint.COLUMNS, points), false);
  }

  /** Replaces what becomes of regret when a setting changes. */
  public void writeSensitivity(List<SettingEffect> effects) throws IOException {
    WholeFile.write(folder.resolve(SENSITIVITY), Column.csv(SettingEffect.COLUMNS, effects), false);
  }

  /** Replaces what was measured on real servers. */
  public void writeReal(List<RealScore> checks) throws IOException {
    WholeFile.write(folder.resolve(REAL), Column.csv(RealScore.COLUMNS, checks), false);
  }

  /**
   * Reads the three files of the league.
   *
   * @throws IOException that names file and line, if one is missing or is not what it should be
   */
  public League read() throws IOException {
    List<Contender> contenders = contenders();
    List<Facts> situations = situations();
    Set<String> names = names(contenders);
    Map<String, Facts> known = new HashMap<>();
    situations.forEach(facts -> known.put(facts.name(), facts));
    Set<String> seen = new HashSet<>();
    List<Score> scores =
        CsvTable.read(
            folder.resolve(SCORES),
            row -> {
              checkKnown(row, "contender", names, CONTENDERS);
              checkKnown(row, "situation", known.keySet(), SITUATIONS);
              Score score = score(row);
              Facts facts = Objects.requireNonNull(known.get(score.situation()));
              int seeds = facts.ceilings().size();
              if (score.goodputs().size() != seeds) {
                throw row.place()
                    .broken("goodputs", row.text("goodputs"), seeds + ", one for each seed");
              }
              if (!seen.add(score.contender() + "\n" + score.situation())) {
                throw row.place().broken("contender", score.contender(), "once in a situation");
              }
              return score;
            });
    return new League(contenders, situations, scores);
  }

  /** The scores that are there; none if there is no such file. */
  public List<Score> kept() throws IOException {
    return optional(SCORES, LeagueFiles::score);
  }

  /** The courses; none if there is no such file. */
  public List<CoursePoint> courses() throws IOException {
    Set<String> contenders = names(contenders());
    Set<String> situations = situations().stream().map(Facts::name).collect(toSet());
    return optional(
        COURSES,
        row -> {
          checkKnown(row, "contender", contenders, CONTENDERS);
          checkKnown(row, "situation", situations, SITUATIONS);
          return CoursePoint.of(row);
        });
  }

  /** The effects of an earlier time, whoever the contenders were; none if there is no such file. */
  public List<SettingEffect> keptSensitivity() throws IOException {
    Path file = folder.resolve(SENSITIVITY);
    return Files.exists(file) ? CsvTable.read(file, SettingEffect::of) : List.of();
  }

  /** The effects of settings; none if there is no such file. */
  public List<SettingEffect> sensitivity() throws IOException {
    Set<String> contenders = names(contenders());
    return optional(
        SENSITIVITY,
        row -> {
          checkKnown(row, "contender", contenders, CONTENDERS);
          return SettingEffect.of(row);
        });
  }

  /** What was measured; nothing if there is no such file. */
  public List<RealScore> real() throws IOException {
    return optional(REAL, RealScore::of);
  }

  private <T> List<T> optional(String file, CsvTable.Reader<T> reader) throws IOException {
    Path path = folder.resolve(file);
    return Files.exists(path) ? CsvTable.read(path, reader) : List.of();
  }

  private static void checkKnown(CsvTable.Row row, String column, Set<String> known, String file)
      throws IOException {
    String name = row.text(column);
    if (!known.contains(name)) {
      throw row.place().broken(column, name, "one of " + file);
    }
  }

  private static Set<String> names(List<Contender> contenders) {
    return contenders.stream().map(Contender::name).collect(toSet());
  }

  private List<Facts> situations() throws IOException {
    return CsvTable.read(folder.resolve(SITUATIONS), LeagueFiles::facts);
  }

  private List<Contender> contenders() throws IOException {
    Set<String> names = new HashSet<>();
    return CsvTable.read(
        folder.resolve(CONTENDERS),
        row -> {
          Contender contender =
              new Contender(row.text("contender"), kind(row), row.text("strategy"));
          if (!names.add(contender.name())) {
            throw row.place().broken("contender", contender.name(), "each once");
          }
          return contender;
        });
  }

  private static Contender.Kind kind(CsvTable.Row row) throws IOException {
    String word = row.text("kind");
    for (Contender.Kind kind : Contender.Kind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw row.place().broken("kind", word, "default, tuned or reference");
  }

  private static Facts facts(CsvTable.Row row) throws IOException {
    return new Facts(
        row.text("situation"),
        row.text("group"),
        row.whole("cores"),
        row.whole("workers_per_core"),
        row.number("task_ms"),
        row.number("deadline_ms"),
        row.text("law"),
        row.number("load"),
        row.numbers("ceilings"));
  }

  private static Score score(CsvTable.Row row) throws IOException {
    return new Score(
        row.text("contender"),
        row.text("situation"),
        row.numbers("goodputs"),
        row.number("false_sheds"),
        row.numberOrNone("p99_ms"),
        row.number("waste"),
        row.numberOrNull("recovery_s"),
        row.numberOrNull("urgent"),
        row.text("content"));
  }

  static String list(List<Double> values) {
    return values.stream().map(LeagueFiles::number).collect(joining(" "));
  }

  private static String optional(@Nullable Double value) {
    return value == null ? "" : number(value);
  }

  static String number(double value) {
    return Fields.number(value, DIGITS);
  }
}
