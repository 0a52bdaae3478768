package shedlab.report.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import shedlab.report.metric.Metric;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.pair.Pairs;
import shedlab.report.pair.Ratio;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/**
 * What the variants of a run change in its goodput, beside the plain way in the same blocks.
 * Nothing is said of a run that has too few blocks to tell.
 */
public final class VariantWords {
  private static final Comparator<Pair> BY_RATIO = Comparator.comparingDouble(Pair::ratio);

  private final Map<String, List<Pair>> byVariant = new LinkedHashMap<>();
  private final StrategyNames names;
  private final boolean oneStrategy;

  private VariantWords(List<Pair> pairs, StrategyNames names, boolean oneStrategy) {
    this.names = names;
    this.oneStrategy = oneStrategy;
    for (Pair pair : pairs) {
      byVariant.computeIfAbsent(pair.side().variant(), name -> new ArrayList<>()).add(pair);
    }
  }

  /**
   * Of the pairs of a run. A run with one strategy is about its variants, at every load; one that
   * compares strategies, of which {@code none} is left out, has them at one load. The ratio to a
   * plain way without any goodput is infinite.
   *
   * @param refusals of a run that compares them with other answers, which is another question
   * @param load at which strategies are compared
   */
  public static VariantWords of(Pairs all, Refusals refusals, StrategyNames names, double load) {
    List<Pair> pairs =
        all.of(Pair.Kind.VARIANT, Metric.GOODPUT).stream()
            .filter(pair -> pair.blocks() >= Pairs.LEAST_BLOCKS && !Double.isNaN(pair.ratio()))
            .filter(pair -> !StrategyNames.composition(pair.side().strategy()).admitsNobody())
            .toList();
    boolean one =
        pairs.stream().map(pair -> pair.side().strategy()).distinct().count() == 1
            && all.of(Pair.Kind.STRATEGY, Metric.GOODPUT).stream()
                .allMatch(pair -> StrategyNames.composition(pair.side().strategy()).admitsNobody());
    List<Pair> told =
        one
            ? pairs
            : pairs.stream()
                .filter(pair -> pair.side().load() == load)
                .filter(pair -> !pair.side().strategy().equals(StrategyNames.NONE))
                .toList();
    return new VariantWords(refusals.words().isEmpty() ? told : List.of(), names, one);
  }

  /** Whether the run is about its variants: it does not compare strategies. */
  public boolean ofOneStrategy() {
    return oneStrategy;
  }

  /** Whether there is nothing to say. */
  public boolean isEmpty() {
    return byVariant.isEmpty();
  }

  /** Every variant with the least and the greatest ratio that it has on any server, at any load. */
  public String sentence() {
    List<String> clauses = new ArrayList<>();
    List<String> equal = new ArrayList<>();
    byVariant.forEach(
        (variant, pairs) -> {
          if (pairs.stream().allMatch(pair -> pair.claim().verdict() == Verdict.EQUAL)) {
            equal.add("`" + variant + "`");
          } else {
            clauses.add(range(pairs) + " with `" + variant + "`");
          }
        });
    if (!equal.isEmpty()) {
      clauses.add("equal with " + Prose.list(equal));
    }
    return clauses.isEmpty()
        ? ""
        : "Compared with `plain`, goodput is " + String.join("; ", clauses) + ".";
  }

  /**
   * The greatest difference; that there is none, if so. Nobody has won: another variant may be as
   * far away.
   */
  public String title() {
    List<Pair> all = byVariant.values().stream().flatMap(List::stream).toList();
    Optional<Pair> least = with(all, Verdict.WORSE).stream().min(BY_RATIO);
    return least
        .or(() -> with(all, Verdict.BETTER).stream().max(BY_RATIO))
        .map(this::beside)
        .orElse(
            with(all, Verdict.EQUAL).size() == all.size()
                ? "No variant changes the goodput"
                : "No variant's goodput could be told apart from that of `plain`");
  }

  private String beside(Pair pair) {
    String variant = "`" + pair.side().variant() + "`";
    return Double.isInfinite(pair.ratio())
        ? "With "
            + variant
            + ", "
            + names.code(pair.side().strategy())
            + " has goodput; with `plain` it has none"
        : variant + " has " + figure(pair) + " of `plain`'s goodput";
  }

  private static List<Pair> with(List<Pair> pairs, Verdict verdict) {
    return pairs.stream().filter(pair -> pair.claim().verdict() == verdict).toList();
  }

  private String range(List<Pair> pairs) {
    Pair least = pairs.stream().min(BY_RATIO).orElseThrow();
    Pair most = pairs.stream().max(BY_RATIO).orElseThrow();
    return pairs.size() == 1 ? figure(least) : figure(least) + " to " + figure(most);
  }

  private String figure(Pair pair) {
    String place = place(pair);
    return Ratio.number(pair.ratio())
        + " ("
        + (Double.isInfinite(pair.ratio()) ? "`plain` has none" : Ratio.interval(pair))
        + (place.isEmpty() ? "" : ", " + place)
        + ")";
  }

  private String place(Pair pair) {
    List<String> words = new ArrayList<>();
    if (!oneStrategy) {
      words.add(names.code(pair.side().strategy()));
    }
    if (distinct(p -> p.side().server()) > 1) {
      words.add(pair.side().server());
    }
    if (distinct(p -> Double.toString(p.side().load())) > 1) {
      words.add(Numbers.load(pair.side().load()));
    }
    return String.join(oneStrategy ? " at " : ", ", words);
  }

  private long distinct(Function<Pair, String> of) {
    return byVariant.values().stream().flatMap(List::stream).map(of).distinct().count();
  }
}
