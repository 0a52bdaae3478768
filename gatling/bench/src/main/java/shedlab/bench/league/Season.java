package shedlab.bench.league;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import shedlab.load.DrawnRequests;
import shedlab.report.league.Contender;
import shedlab.report.league.Facts;
import shedlab.report.league.League;
import shedlab.report.league.LeagueFiles;
import shedlab.report.league.Score;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategy;

/**
 * All matches of a league: every contender in every situation. A match whose content is that of a
 * kept score is not played again.
 */
final class Season {
  private final List<Contender> contenders;
  private final List<Situation> situations;
  private final List<Match> matches;

  private Season(List<Contender> contenders, List<Situation> situations, List<Match> matches) {
    this.contenders = contenders;
    this.situations = situations;
    this.matches = matches;
  }

  /**
   * Reads both files and checks that every contender can be made for every situation.
   *
   * @throws SpecException that names file and line of what breaks a rule
   */
  static Season of(Path contenderFile, Path situationFile) {
    List<Contender> contenders = ContenderFile.read(contenderFile);
    List<Situation> situations = SituationFile.read(situationFile);
    for (Situation situation : situations) { // one after the other: the first fault is named
      contenders.forEach(contender -> made(contender, situation, contenderFile));
    }
    Content content = new Content();
    List<Match> matches =
        situations.parallelStream()
            .flatMap(situation -> contenders.stream().map(each -> match(each, situation, content)))
            .toList();
    return new Season(contenders, situations, matches);
  }

  private static Match match(Contender contender, Situation situation, Content content) {
    Strategy strategy = situation.strategy(contender.template());
    return new Match(contender, situation, content.of(strategy, situation));
  }

  private static void made(Contender contender, Situation situation, Path file) {
    try {
      situation.strategy(contender.template());
    } catch (SpecException e) {
      throw e.at(file.normalize() + ", " + contender.name() + " in " + situation.name());
    }
  }

  List<Contender> everybody() {
    return contenders;
  }

  List<Situation> all() {
    return situations;
  }

  /** How many matches. */
  int size() {
    return matches.size();
  }

  /** How many contenders. */
  int contenders() {
    return contenders.size();
  }

  /** How many situations. */
  int situations() {
    return situations.size();
  }

  /**
   * Plays what is not kept, on all CPUs.
   *
   * @param kept the files of an earlier season
   * @param progress is told how many of how many are played, from any thread
   */
  League play(LeagueFiles kept, BiConsumer<Integer, Integer> progress) throws IOException {
    Map<String, Score> known = new HashMap<>();
    kept.kept().forEach(score -> known.put(key(score), score));
    List<Match> open = matches.stream().filter(match -> !known.containsKey(key(match))).toList();
    playAll(open, progress).forEach(score -> known.put(key(score), score));
    List<Facts> facts = situations.parallelStream().map(Situation::facts).toList();
    List<Score> scores =
        matches.stream().map(match -> Objects.requireNonNull(known.get(key(match)))).toList();
    return new League(contenders, facts, scores);
  }

  /**
   * One match after the other on each CPU, in the order of the situations: those under way share
   * few requests, and only those are in memory.
   */
  private static List<Score> playAll(List<Match> open, BiConsumer<Integer, Integer> progress) {
    Map<Situation, SharedRequests> requests = new HashMap<>();
    AtomicInteger played = new AtomicInteger();
    ExecutorService cpus = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<CompletableFuture<Score>> scores = new ArrayList<>();
      for (Match match : open) {
        SharedRequests shared = requests.computeIfAbsent(match.situation(), SharedRequests::new);
        scores.add(
            CompletableFuture.supplyAsync(
                () -> {
                  Score score = match.play(shared.drawn());
                  progress.accept(played.incrementAndGet(), open.size());
                  return score;
                },
                cpus));
      }
      requests.clear(); // from now on only matches hold them
      return scores.stream().map(CompletableFuture::join).toList();
    } finally {
      cpus.shutdownNow();
    }
  }

  /** The requests of a situation, drawn when its first match is played. */
  private static final class SharedRequests {
    private final Situation situation;
    private @Nullable List<DrawnRequests> drawn;

    SharedRequests(Situation situation) {
      this.situation = situation;
    }

    synchronized List<DrawnRequests> drawn() {
      List<DrawnRequests> known = drawn;
      if (known == null) {
        known = situation.drawnRequests();
        drawn = known;
      }
      return known;
    }
  }

  private static String key(Score score) {
    return key(score.contender(), score.situation(), score.content());
  }

  private static String key(Match match) {
    return key(match.contender().name(), match.situation().name(), match.content());
  }

  private static String key(String contender, String situation, String content) {
    return contender + "\n" + situation + "\n" + content;
  }
}
