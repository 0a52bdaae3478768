package shedlab.report.league;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import shedlab.report.league.Contender.Kind;

/** Synthetic leagues with known regrets. */
public final class SampleLeague {
  public static final String CALM = "plateaus load=0.9";
  public static final String BUSY = "plateaus load=3";
  public static final String GIANT = "giant-tasks load=3";

  private SampleLeague() {}

  /**
   * Five contenders in three situations. Regrets in points: {@code safe} 2, 2 and 5 ± 2.5, {@code
   * greedy} 0, 0 and 45, {@code limit} 10, 5 and 25, {@code none} 0, 100 and 95.
   */
  public static League small() {
    List<Contender> contenders =
        List.of(
            new Contender("none", Kind.DEFAULT, "none"),
            new Contender("limit", Kind.DEFAULT, "fixed:limit=200"),
            new Contender("greedy", Kind.TUNED, "fixed:limit=${workers}"),
            new Contender(
                "safe",
                Kind.TUNED,
                "fixed:limit=${cpus}+fifo:capacity=${cpus*64},timeout=${deadline/2}"),
            new Contender("oracle", Kind.REFERENCE, "bucket:rate=${capacity}/s+none"));
    List<Facts> situations =
        List.of(
            facts(CALM, "plateaus", 20, 0.9),
            facts(BUSY, "plateaus", 20, 3),
            facts(GIANT, "giant-tasks", 60, 3));
    List<Score> scores = new ArrayList<>();
    scores.addAll(scores("none", 0.9, 0, 0, 0));
    scores.addAll(scores("limit", 0.8, 0.95, 0.7, 0.1));
    scores.addAll(scores("greedy", 0.9, 1, 0.5, 0.02));
    scores.addAll(scores("safe", 0.88, 0.98, 0.9, 0.03));
    scores.addAll(scores("oracle", 0.9, 1, 0.95, 0));
    scores.removeIf(score -> score.contender().equals("safe") && score.situation().equals(GIANT));
    scores.add(score("safe", GIANT, List.of(0.90, 0.89, 0.91), 0, 190));
    return new League(contenders, situations, scores);
  }

  private static Facts facts(String name, String group, double task, double load) {
    return new Facts(name, group, 4, 4, task, 200, "exponential", load, List.of(1.0, 1.0, 1.0));
  }

  private static List<Score> scores(
      String contender, double calm, double busy, double giant, double falseSheds) {
    double p99 = contender.equals("none") ? 900 : 150;
    return List.of(
        score(contender, CALM, List.of(calm, calm, calm), falseSheds, p99),
        score(contender, BUSY, List.of(busy, busy, busy), 0, p99),
        score(contender, GIANT, List.of(giant, giant, giant), 0, p99));
  }

  private static Score score(
      String contender, String situation, List<Double> goodputs, double falseSheds, double p99) {
    return new Score(
        contender, situation, goodputs, falseSheds, p99, 0.05, null, null, "0123456789abcdef");
  }

  /** Courses of all of them in their worst situations. */
  public static List<CoursePoint> courses(League league) {
    Standings standings = Standings.of(league);
    List<CoursePoint> points = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (Standings.Row row : standings.ranked(kind)) {
        for (int i = 0; i < 24; i++) {
          double good = Math.rint(90 - 2 * (i % 7)) / 100;
          points.add(
              new CoursePoint(
                  row.contender().name(),
                  row.worstSituation(),
                  i * CoursePoint.SECONDS,
                  3,
                  good,
                  (i % 3) / 20.0,
                  2,
                  i == 5 ? Double.NaN : 120 + 10 * i));
        }
      }
    }
    return points;
  }

  /** The effect of two settings of each. */
  public static List<SettingEffect> effects(League league) {
    List<SettingEffect> effects = new ArrayList<>();
    for (Contender contender : league.contenders()) {
      for (double factor : new double[] {0.5, 0.7, 1, 1.4, 2}) {
        double off = Math.abs(Math.log(factor));
        effects.add(effect(contender, "fixed limit", "4", factor, 5 + 40 * off, 1 + 9 * off));
        effects.add(effect(contender, "fifo timeout", "100ms", factor, 5 + off, 1));
      }
    }
    return effects;
  }

  private static SettingEffect effect(
      Contender contender, String setting, String value, double factor, double worst, double mean) {
    return new SettingEffect(
        contender.name(), setting, value, factor, worst, mean, List.of(0.9), "0123456789abcdef");
  }

  /** Three pairs, of which one is explained and one is not. */
  public static List<RealScore> checks() {
    return List.of(
        new RealScore("safe", BUSY, 3, 20, 200, 0.98, 0.97, 0.95, 0.99, ""),
        new RealScore(
            "greedy", BUSY, 3, 20, 200, 1, 0.85, 0.8, 0.9, "The core idles between tasks."),
        new RealScore("none", BUSY, 3, 20, 200, 0, 0.2, 0.1, 0.3, ""));
  }

  /** Writes the small league with all files that it may have. */
  public static void write(Path folder) throws IOException {
    LeagueFiles files = new LeagueFiles(Files.createDirectories(folder));
    files.write(small());
    files.writeCourses(courses(small()));
    files.writeSensitivity(effects(small()));
    files.writeReal(checks());
  }

  /**
   * 60 contenders in 160 situations: {@code nimble} misses 1 point below a tenth of the deadline
   * and 40 above, {@code steady} 20 and 2; all others more than both.
   */
  public static League large() {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(
        new Contender("nimble", Kind.TUNED, "fixed:limit=${workers}+fifo:capacity=${workers*4}"));
    contenders.add(
        new Contender(
            "steady", Kind.TUNED, "fixed:limit=${cpus}+fifo:capacity=4000,timeout=${deadline/2}"));
    for (int i = 2; i < 60; i++) {
      Kind kind = i < 32 ? Kind.TUNED : i < 58 ? Kind.DEFAULT : Kind.REFERENCE;
      contenders.add(
          new Contender(
              "some-" + kind.word() + "-strategy-" + i,
              kind,
              "aimd:profile=tuned,deadline=${deadline},workers=${cpus}+lifo:capacity=${cpus*16}"));
    }
    List<Facts> situations = new ArrayList<>();
    for (int cores : new int[] {1, 4, 16, 64}) {
      for (double task : new double[] {1, 4, 8, 15, 30, 50, 60, 83}) {
        for (double load : new double[] {0.9, 1.2, 2, 3, 5}) {
          String group = load == 0.9 ? "plateaus" : "group-" + Math.round(load * 10);
          situations.add(
              new Facts(
                  String.format(
                      Locale.ROOT, "%s cores=%d task=%.0fms load=%.1f", group, cores, task, load),
                  group,
                  cores,
                  4,
                  task,
                  250,
                  "exponential",
                  load,
                  List.of(1.0, 0.99, 1.01)));
        }
      }
    }
    List<Score> scores = new ArrayList<>();
    for (int c = 0; c < contenders.size(); c++) {
      for (Facts facts : situations) {
        double regret = regret(contenders.get(c), c, facts);
        double wobble = 0.001 * ((c * 31 + facts.name().hashCode()) % 7);
        scores.add(
            score(
                contenders.get(c).name(),
                facts.name(),
                List.of(0.95 - regret, 0.95 - regret + wobble, 0.95 - regret - wobble),
                0.01 * (c % 13),
                40 + 10 * c));
      }
    }
    return new League(contenders, situations, scores);
  }

  private static double regret(Contender contender, int number, Facts facts) {
    boolean small = facts.taskShare() < 0.1;
    return switch (contender.name()) {
      case "nimble" -> small ? 0.01 : 0.40;
      case "steady" -> small ? 0.20 : 0.02;
      default -> contender.kind() == Kind.REFERENCE ? 0 : 0.41 + 0.005 * number;
    };
  }

  /** Writes the large league with all files that it may have. */
  public static void writeLarge(Path folder) throws IOException {
    League league = large();
    LeagueFiles files = new LeagueFiles(Files.createDirectories(folder));
    files.write(league);
    files.writeCourses(courses(league));
    files.writeSensitivity(effects(league));
    files.writeReal(
        List.of(
            new RealScore(
                "nimble",
                league.situations().get(0).name(),
                0.9,
                1,
                250,
                0.94,
                0.93,
                0.92,
                0.95,
                "")));
  }
}
