package shedlab.bench.advise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import shedlab.bench.league.Match;
import shedlab.report.league.Contender;
import shedlab.report.league.Score;
import shedlab.report.pair.Pair.Verdict;
import shedlab.spec.SpecException;

/**
 * What is advised: of the strategies that nothing beats in the service as it is described, the one
 * whose greatest loss in the other trials is least. Simulated; the same question gives the same
 * advice.
 *
 * @param described the service as it is described
 * @param stresses the service with one thing changed, each
 * @param candidates every strategy that was simulated in all trials, the most goodput first
 * @param recommended the one that is advised
 * @param others all candidates but that one, in the same order, with their margins from it
 * @param screened how many strategies were left out after a first look, since all take too long
 */
record Advice(
    Question question,
    Trial described,
    List<Trial> stresses,
    List<Candidate> candidates,
    Candidate recommended,
    List<Other> others,
    int screened) {

  private static final int FINALISTS = 24;
  private static final int FEW_FINALISTS = 12;
  private static final String CONTROL = "none";

  /** What a first look may be wrong by. */
  private static final double ABOUT = 0.03;

  /** A candidate that is not advised, beside the one that is. */
  record Other(Candidate candidate, Margin margin) {}

  /**
   * What a candidate misses in a trial of the best there.
   *
   * @param margin of the candidate from the best
   * @param best who that is
   */
  record Loss(Trial trial, Margin margin, Candidate best) {}

  /**
   * Simulates these contenders and chooses.
   *
   * @param budget about how many requests may be simulated
   */
  static Advice on(Question question, List<Contender> contenders, double budget) {
    List<Contender> made = made(question, contenders);
    SpecException.check(
        !made.isEmpty(), "contenders", made, "one of kind default or tuned at least");
    boolean much = !Effort.affordable(question, FINALISTS, budget);
    List<Contender> finalists = glance(question, made, much ? FEW_FINALISTS : FINALISTS, budget);
    Effort effort = Effort.of(question, finalists.size(), budget);
    Trial described = Trial.asDescribed(question, effort);
    List<Trial> stresses = Trial.stresses(question, effort);
    List<Trial> trials = Stream.concat(Stream.of(described), stresses.stream()).toList();
    List<Candidate> candidates =
        play(finalists, trials).stream()
            .sorted(
                Comparator.comparingDouble((Candidate each) -> -each.goodput(described))
                    .thenComparing(Candidate::name))
            .toList();
    Candidate recommended = chosen(candidates, described, stresses);
    List<Candidate> rest = candidates.stream().filter(each -> !each.equals(recommended)).toList();
    List<Margin> margins =
        Margin.of(
            rest.stream().map(each -> each.goodputs(described)).toList(),
            recommended.goodputs(described));
    List<Other> others = new ArrayList<>();
    for (int i = 0; i < margins.size(); i++) {
      others.add(new Other(rest.get(i), margins.get(i)));
    }
    return new Advice(
        question,
        described,
        stresses,
        candidates,
        recommended,
        List.copyOf(others),
        made.size() - finalists.size());
  }

  /** The contenders that can be had, each strategy once, with everything filled in. */
  private static List<Contender> made(Question question, List<Contender> contenders) {
    Trial any = Trial.asDescribed(question, new Effort(1, 1, 1, 0));
    Set<String> known = new LinkedHashSet<>();
    List<Contender> made = new ArrayList<>();
    for (Contender contender : contenders) {
      String strategy = any.situation().strategy(contender.template()).toString();
      if (contender.kind() != Contender.Kind.REFERENCE && known.add(strategy)) {
        made.add(new Contender(contender.name(), contender.kind(), strategy));
      }
    }
    return List.copyOf(made);
  }

  /**
   * The best of a first look, and the one that sheds nothing: the control. First those that are
   * about as good as the best in the service as it is described, the least loss elsewhere first.
   */
  private static List<Contender> glance(
      Question question, List<Contender> made, int most, double budget) {
    if (made.size() <= most) {
      return made;
    }
    Effort effort = Effort.glance(question, made.size(), budget);
    Trial described = Trial.asDescribed(question, effort);
    List<Trial> stresses = Trial.harshest(question, effort);
    List<Candidate> all =
        play(made, Stream.concat(Stream.of(described), stresses.stream()).toList());
    double top = best(all, described).goodput(described);
    List<Contender> ranked =
        all.stream()
            .sorted(
                Comparator.comparingDouble(
                        (Candidate each) -> Math.max(ABOUT, top - each.goodput(described)))
                    .thenComparingDouble(each -> worst(each, all, stresses)))
            .map(Candidate::contender)
            .toList();
    return ranked.stream()
        .filter(each -> ranked.indexOf(each) < most || each.template().equals(CONTROL))
        .toList();
  }

  private static List<Candidate> play(List<Contender> contenders, List<Trial> trials) {
    record Game(Contender contender, Trial trial) {}
    record Played(Game game, Score score) {}
    List<Game> games =
        trials.stream()
            .sorted(Comparator.comparingDouble((Trial each) -> -each.situation().requests()))
            .flatMap(trial -> contenders.stream().map(contender -> new Game(contender, trial)))
            .toList();
    Map<Contender, Map<Trial, Score>> scores = new HashMap<>();
    games.parallelStream()
        .map(game -> new Played(game, new Match(game.contender, game.trial.situation(), "").play()))
        .toList()
        .forEach(
            played ->
                scores
                    .computeIfAbsent(played.game.contender, each -> new HashMap<>())
                    .put(played.game.trial, played.score));
    return contenders.stream()
        .map(each -> new Candidate(each, Map.copyOf(Objects.requireNonNull(scores.get(each)))))
        .toList();
  }

  private static Candidate chosen(
      List<Candidate> candidates, Trial described, List<Trial> stresses) {
    Candidate best = candidates.get(0);
    List<Margin> margins =
        Margin.of(
            candidates.stream().map(each -> each.goodputs(described)).toList(),
            best.goodputs(described));
    Candidate chosen = best;
    for (int i = 1; i < candidates.size(); i++) {
      boolean notBeaten = margins.get(i).verdict() != Verdict.WORSE;
      boolean close = margins.get(i).difference().mean() >= -Margin.PRECISION;
      if (notBeaten
          && close
          && worst(candidates.get(i), candidates, stresses) < worst(chosen, candidates, stresses)) {
        chosen = candidates.get(i);
      }
    }
    return chosen;
  }

  /** The greatest loss over the trials; among equal ones, the mean counts a little. */
  private static double worst(Candidate of, List<Candidate> all, List<Trial> stresses) {
    double worst = 0;
    double sum = 0;
    for (Trial trial : stresses) {
      double loss = best(all, trial).goodput(trial) - of.goodput(trial);
      worst = Math.max(worst, loss);
      sum += loss;
    }
    return worst + sum / stresses.size() / 10;
  }

  private static Candidate best(List<Candidate> all, Trial trial) {
    return all.stream().max(Comparator.comparingDouble(each -> each.goodput(trial))).orElseThrow();
  }

  /** The rule that other products can keep: chosen like the advice, among constant limits. */
  Optional<Rule> plainRule() {
    List<Candidate> plain =
        candidates.stream()
            .filter(each -> Rule.of(each.strategy()).filter(Rule::plain).isPresent())
            .toList();
    return plain.isEmpty()
        ? Optional.empty()
        : Rule.of(chosen(plain, described, stresses).strategy());
  }

  /** What a candidate misses in each of the other trials. */
  List<Loss> losses(Candidate of) {
    return stresses.stream()
        .map(
            trial -> {
              Candidate best = best(candidates, trial);
              return new Loss(
                  trial, Margin.of(List.of(of.goodputs(trial)), best.goodputs(trial)).get(0), best);
            })
        .toList();
  }

  /** The greatest of those losses, in points of the capacity. */
  double worstLoss(Candidate of) {
    return losses(of).stream().mapToDouble(loss -> -loss.margin().points()).max().orElse(0);
  }

  /** The margin of another strategy from the one that is advised, in the service as described. */
  Margin margin(String strategy) {
    Contender contender = new Contender("other", Contender.Kind.TUNED, strategy);
    Score score = new Match(contender, described.situation(), "").play();
    return Margin.of(List.of(described.goodputs(score)), recommended.goodputs(described)).get(0);
  }
}
