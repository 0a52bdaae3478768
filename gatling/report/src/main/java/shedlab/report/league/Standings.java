package shedlab.report.league;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import shedlab.report.statistics.Difference;

/**
 * Who loses how much. The regret of a contender in a situation is the goodput that it misses of the
 * best, in points of the capacity. The best is what the best of all contenders, references
 * included, achieved there with the same arrivals, but at most the ceiling: what exceeds that was
 * luck with the sizes of requests.
 */
public final class Standings {
  private static final double MUCH = 10;

  private final League league;
  private final Map<String, Map<String, Score>> bySituation;
  private final Map<String, String> best = new HashMap<>();
  private final Map<String, Facts> facts = new HashMap<>();

  /** By contender and situation: a page asks for each several times, and an interval takes long. */
  private final Map<String, Regret> known = new ConcurrentHashMap<>();

  /**
   * A regret in points of the capacity.
   *
   * @param halfWidth of its 95 % interval over the seeds; infinite with one seed
   */
  public record Regret(double points, double halfWidth) {
    private static Regret of(Difference mean) {
      return new Regret(mean.mean(), mean.halfWidth());
    }

    /** Whether the intervals do. */
    public boolean overlaps(Regret other) {
      return points - halfWidth <= other.points + other.halfWidth
          && other.points - other.halfWidth <= points + halfWidth;
    }
  }

  /**
   * A contender's row in the table.
   *
   * @param worst its greatest regret
   * @param worstSituation where that was
   * @param mean over all situations
   * @param much in how many situations it misses more than ten points
   * @param falseSheds the mean share of shed tries, over the situations that are never overloaded
   * @param late share of the situations in which the p99 of the admitted is beyond the deadline
   * @param waste the mean share of admitted requests that were not in time
   */
  public record Row(
      Contender contender,
      Regret worst,
      String worstSituation,
      Regret mean,
      int much,
      double falseSheds,
      double late,
      double waste) {}

  private Standings(League league) {
    this.league = league;
    this.bySituation = league.bySituation();
    league.situations().forEach(each -> facts.put(each.name(), each));
    bySituation.forEach(
        (situation, scores) ->
            scores.values().stream()
                .max(
                    Comparator.comparingDouble(Score::meanGoodput)
                        .thenComparing(Score::contender, Comparator.reverseOrder()))
                .ifPresent(score -> best.put(situation, score.contender())));
  }

  /** Of a league. */
  public static Standings of(League league) {
    return new Standings(league);
  }

  /**
   * The rows of a kind, the one with the smallest worst regret first; without those who played
   * nowhere.
   */
  public List<Row> ranked(Contender.Kind kind) {
    return league.contenders().stream()
        .filter(contender -> contender.kind() == kind)
        .filter(
            contender ->
                league.situations().stream()
                    .anyMatch(facts -> score(contender.name(), facts.name()) != null))
        .map(this::row)
        .sorted(
            Comparator.comparingDouble((Row row) -> row.worst().points())
                .thenComparingDouble(row -> row.mean().points()))
        .toList();
  }

  /** The contender that did best in a situation. */
  public String best(String situation) {
    return Objects.requireNonNull(best.get(situation), situation);
  }

  /** What a contender did in a situation; null if it was not played. */
  public @Nullable Score score(String contender, String situation) {
    return bySituation.getOrDefault(situation, Map.of()).get(contender);
  }

  /** What a contender misses in a situation. */
  public Regret regret(String contender, String situation) {
    return known.computeIfAbsent(
        contender + "\n" + situation,
        both -> Regret.of(Difference.mean(regrets(contender, situation))));
  }

  /** For each seed. */
  public double[] regrets(String contender, String situation) {
    Score own = Objects.requireNonNull(score(contender, situation), contender + " " + situation);
    Score top = Objects.requireNonNull(score(best(situation), situation), situation);
    Facts facts = Objects.requireNonNull(this.facts.get(situation), situation);
    List<Double> best = top.meanGoodput() > facts.ceiling() ? facts.ceilings() : top.goodputs();
    double[] points = new double[own.goodputs().size()];
    for (int i = 0; i < points.length; i++) {
      points[i] = 100 * (best.get(i) - own.goodputs().get(i));
    }
    return points;
  }

  private Row row(Contender contender) {
    Regret worst = new Regret(Double.NEGATIVE_INFINITY, 0);
    String worstSituation = "";
    List<double[]> samples = new ArrayList<>();
    int much = 0;
    int late = 0;
    double waste = 0;
    List<Double> falseSheds = new ArrayList<>();
    for (Facts facts : league.situations()) {
      Score score = score(contender.name(), facts.name());
      if (score == null) {
        continue;
      }
      Regret regret = regret(contender.name(), facts.name());
      if (regret.points() > worst.points()) {
        worst = regret;
        worstSituation = facts.name();
      }
      samples.add(regrets(contender.name(), facts.name()));
      much += regret.points() > MUCH ? 1 : 0;
      late += score.p99Millis() > facts.deadlineMillis() ? 1 : 0;
      waste += score.waste();
      if (facts.load() < 1) {
        falseSheds.add(score.falseSheds());
      }
    }
    return new Row(
        contender,
        worst,
        worstSituation,
        Regret.of(Difference.meanOfMeans(samples)),
        much,
        falseSheds.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN),
        (double) late / samples.size(),
        waste / samples.size());
  }
}
