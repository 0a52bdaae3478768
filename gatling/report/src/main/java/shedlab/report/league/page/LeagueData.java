package shedlab.report.league.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shedlab.report.league.Contender;
import shedlab.report.league.Contender.Kind;
import shedlab.report.league.CoursePoint;
import shedlab.report.league.Facts;
import shedlab.report.league.League;
import shedlab.report.league.LeagueFiles;
import shedlab.report.league.RealScore;
import shedlab.report.league.Score;
import shedlab.report.league.SettingEffect;
import shedlab.report.league.Standings;

/** A league with everything from which its page is made. */
final class LeagueData {
  /** The page of {@code make metastable}. */
  static final String MAP = "metastable.html";

  private final League league;
  private final Standings standings;
  private final Map<String, Facts> facts = new HashMap<>();
  private final Map<String, List<Facts>> groups = new LinkedHashMap<>();
  private final Map<Kind, List<Standings.Row>> ranked = new LinkedHashMap<>();
  private final Map<String, String> anchors = new HashMap<>();
  private final Map<String, List<CoursePoint>> courses = new HashMap<>();
  private final List<SettingEffect> effects;
  private final List<RealScore> checks;
  private final boolean hasMap;

  private LeagueData(
      League league,
      List<CoursePoint> points,
      List<SettingEffect> effects,
      List<RealScore> checks,
      boolean hasMap) {
    this.hasMap = hasMap;
    this.league = league;
    this.standings = Standings.of(league);
    this.effects = effects;
    this.checks = checks;
    for (Facts each : league.situations()) {
      facts.put(each.name(), each);
      groups.computeIfAbsent(each.group(), g -> new ArrayList<>()).add(each);
    }
    Set<String> taken = new HashSet<>();
    for (Kind kind : List.of(Kind.TUNED, Kind.DEFAULT, Kind.REFERENCE)) {
      ranked.put(kind, standings.ranked(kind));
      for (Contender contender : contenders(kind)) {
        String name = contender.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String anchor = name;
        for (int i = 2; !taken.add(anchor); i++) {
          anchor = name + "-" + i;
        }
        anchors.put(contender.name(), anchor);
      }
    }
    for (CoursePoint point : points) {
      courses.computeIfAbsent(point.contender(), c -> new ArrayList<>()).add(point);
    }
  }

  static LeagueData read(Path folder) throws IOException {
    LeagueFiles files = new LeagueFiles(folder);
    return new LeagueData(
        files.read(),
        files.courses(),
        files.sensitivity(),
        files.real(),
        Files.exists(folder.resolve(MAP)));
  }

  /** Whether the map of metastable states is beside the page. */
  boolean hasMap() {
    return hasMap;
  }

  League league() {
    return league;
  }

  Standings standings() {
    return standings;
  }

  /** The rows of a kind, the best first. */
  List<Standings.Row> ranked(Kind kind) {
    return Objects.requireNonNull(ranked.get(kind));
  }

  /** Those of a kind, the best first. */
  List<Contender> contenders(Kind kind) {
    return ranked(kind).stream().map(Standings.Row::contender).toList();
  }

  /** All that are shown: tuned, then defaults, then references, each the best first. */
  List<Contender> contenders() {
    return ranked.values().stream().flatMap(List::stream).map(Standings.Row::contender).toList();
  }

  /** Situations by group, in the order of the file. */
  Map<String, List<Facts>> groups() {
    return groups;
  }

  /** All situations, group by group. */
  List<Facts> situations() {
    return groups.values().stream().flatMap(List::stream).toList();
  }

  Facts facts(String situation) {
    return Objects.requireNonNull(facts.get(situation), situation);
  }

  @Nullable Score score(Contender contender, Facts situation) {
    return standings.score(contender.name(), situation.name());
  }

  /** The regret in points; NaN if it was not played. */
  double regret(Contender contender, Facts situation) {
    return score(contender, situation) == null
        ? Double.NaN
        : standings.regret(contender.name(), situation.name()).points();
  }

  /** The id of its course in the page. */
  String courseAnchor(Contender contender) {
    return "course-" + anchors.get(contender.name());
  }

  /** The course of a contender; empty without one. */
  List<CoursePoint> course(Contender contender) {
    return courses.getOrDefault(contender.name(), List.of());
  }

  boolean hasCourses() {
    return !courses.isEmpty();
  }

  List<SettingEffect> effects() {
    return effects;
  }

  List<RealScore> checks() {
    return checks;
  }
}
