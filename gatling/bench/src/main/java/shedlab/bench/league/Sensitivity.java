package shedlab.bench.league;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import shedlab.load.DrawnRequests;
import shedlab.report.league.Contender;
import shedlab.report.league.LeagueFiles;
import shedlab.report.league.SettingEffect;
import shedlab.report.metric.Fields;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategy;

/**
 * What becomes of each contender when one number of its settings is multiplied and all others stay.
 * What was tried with the same content before is not tried again.
 */
final class Sensitivity {
  private static final List<Double> FACTORS = List.of(0.5, 0.7, 1.0, 1.4, 2.0);
  private static final int DIGITS = 4;

  private final List<Situation> situations;
  private final List<Contender> contenders;

  /** By contender: what it is without a factor. */
  private final Map<String, Trial> plain = new HashMap<>();

  private final List<Trial> trials;

  /**
   * A contender with one number multiplied, or with none.
   *
   * @param setting empty for the contender as it is
   * @param value of the setting in the first situation, without the factor
   * @param strategies one for each situation
   * @param content digest of all of that
   */
  private record Trial(
      Contender contender,
      String setting,
      String value,
      double factor,
      List<Strategy> strategies,
      String content) {}

  private Sensitivity(List<Contender> contenders, List<Situation> situations) {
    this.contenders = contenders;
    this.situations = situations;
    Content content = new Content();
    for (Contender contender : contenders) {
      plain.put(contender.name(), asItIs(contender, content));
    }
    trials =
        contenders.parallelStream()
            .filter(contender -> contender.kind() != Contender.Kind.REFERENCE)
            .flatMap(contender -> trials(plainOf(contender), content).stream())
            .toList();
  }

  private Trial asItIs(Contender contender, Content content) {
    List<Strategy> strategies =
        situations.stream().map(each -> each.strategy(contender.template())).toList();
    return new Trial(contender, "", "", 1, strategies, content.of(strategies, situations));
  }

  private Trial plainOf(Contender contender) {
    return Objects.requireNonNull(plain.get(contender.name()));
  }

  private List<Trial> trials(Trial asItIs, Content content) {
    List<Trial> all = new ArrayList<>();
    for (NumericSetting setting : NumericSetting.of(asItIs.strategies.get(0))) {
      for (double factor : FACTORS) {
        trial(asItIs, setting, factor, content).ifPresent(all::add);
      }
    }
    return all;
  }

  /**
   * Reads both files.
   *
   * @param situationFile few and small situations, each of which is played hundreds of times
   * @throws SpecException that names file and line of what breaks a rule
   */
  static Sensitivity of(Path contenderFile, Path situationFile) {
    Season season = Season.of(contenderFile, situationFile);
    return new Sensitivity(season.everybody(), season.all());
  }

  /** Nothing if the registry refuses the value somewhere, or if it is the same everywhere. */
  private Optional<Trial> trial(
      Trial asItIs, NumericSetting setting, double factor, Content content) {
    if (factor == 1) {
      return Optional.of(
          new Trial(
              asItIs.contender,
              setting.name(),
              setting.value(),
              1,
              asItIs.strategies,
              asItIs.content));
    }
    List<Strategy> strategies = new ArrayList<>();
    for (int i = 0; i < situations.size(); i++) {
      Strategy strategy = asItIs.strategies.get(i);
      Optional<NumericSetting> here =
          NumericSetting.of(strategy).stream()
              .filter(each -> each.name().equals(setting.name()))
              .findFirst();
      try {
        strategies.add(
            here.isEmpty()
                ? strategy
                : situations.get(i).strategy(here.get().in(strategy, factor)));
      } catch (SpecException e) {
        return Optional.empty();
      }
    }
    return strategies.equals(asItIs.strategies)
        ? Optional.empty()
        : Optional.of(
            new Trial(
                asItIs.contender,
                setting.name(),
                setting.value(),
                factor,
                strategies,
                content.of(strategies, situations)));
  }

  /** How many values are tried. */
  int size() {
    return trials.size();
  }

  /**
   * Plays what is not kept, on all CPUs.
   *
   * @param kept the files of an earlier time
   * @param progress is told how many of how many are played, from any thread
   * @return by contender, setting and factor
   */
  List<SettingEffect> play(LeagueFiles kept, BiConsumer<Integer, Integer> progress)
      throws IOException {
    Map<String, List<Double>> goodputs = new HashMap<>();
    kept.keptSensitivity().forEach(effect -> goodputs.put(effect.content(), effect.goodputs()));
    Set<String> known = new HashSet<>(goodputs.keySet());
    List<Trial> open = new ArrayList<>();
    for (Trial trial : all()) {
      if (known.add(trial.content)) {
        open.add(trial);
      }
    }
    List<List<DrawnRequests>> requests = new ArrayList<>();
    if (!open.isEmpty()) {
      situations.forEach(situation -> requests.add(situation.drawnRequests()));
    }
    AtomicInteger played = new AtomicInteger();
    Map<String, Double> found = new ConcurrentHashMap<>();
    open.parallelStream()
        .map(
            trial -> {
              List<Double> own = goodputs(trial, requests, found);
              progress.accept(played.incrementAndGet(), open.size());
              return Map.entry(trial.content, own);
            })
        .toList()
        .forEach(entry -> goodputs.put(entry.getKey(), entry.getValue()));
    double[] best = best(goodputs);
    return trials.stream()
        .map(trial -> effect(trial, Objects.requireNonNull(goodputs.get(trial.content)), best))
        .toList();
  }

  /** As in the league: what the best contender reached, up to the ceiling. */
  private double[] best(Map<String, List<Double>> goodputs) {
    double[] best = new double[situations.size()];
    for (int i = 0; i < best.length; i++) {
      for (Trial trial : plain.values()) {
        best[i] = Math.max(best[i], Objects.requireNonNull(goodputs.get(trial.content)).get(i));
      }
      best[i] = Math.min(best[i], situations.get(i).facts().ceiling());
    }
    return best;
  }

  private List<Trial> all() {
    List<Trial> all = new ArrayList<>();
    contenders.forEach(contender -> all.add(Objects.requireNonNull(plain.get(contender.name()))));
    all.addAll(trials);
    return all;
  }

  /**
   * The mean over the seeds in each situation, as the file will have it.
   *
   * @param requests of each situation
   * @param found goodputs simulated already, by situation and strategy: trials of one setting often
   *     give the same strategy in some situations
   */
  private List<Double> goodputs(
      Trial trial, List<List<DrawnRequests>> requests, Map<String, Double> found) {
    List<Double> goodputs = new ArrayList<>();
    for (int i = 0; i < situations.size(); i++) {
      Situation situation = situations.get(i);
      List<DrawnRequests> drawn = requests.get(i);
      String strategy = trial.strategies.get(i).toString();
      Contender contender = new Contender(trial.contender.name(), trial.contender.kind(), strategy);
      String both = situation.name() + "\n" + strategy;
      Double goodput = found.get(both);
      if (goodput == null) { // not computeIfAbsent, which would hold up other keys meanwhile
        double mean = new Match(contender, situation, "").play(drawn).meanGoodput();
        goodput = Double.valueOf(Fields.number(mean, DIGITS));
        found.put(both, goodput);
      }
      goodputs.add(goodput);
    }
    return goodputs;
  }

  private static SettingEffect effect(Trial trial, List<Double> goodputs, double[] best) {
    double worst = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int i = 0; i < best.length; i++) {
      double points = 100 * (best[i] - goodputs.get(i));
      worst = Math.max(worst, points);
      sum += points;
    }
    return new SettingEffect(
        trial.contender.name(),
        trial.setting,
        trial.value,
        trial.factor,
        worst,
        sum / best.length,
        goodputs,
        trial.content);
  }
}
