package shedlab.report.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import shedlab.report.metric.Metric;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.pair.Pairs;
import shedlab.report.pair.Ratio;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/**
 * What the variants of a run with one strategy change in its goodput, beside the plain way in the
 * same blocks. Nothing is said of a run that compares strategies, or has too few blocks to tell.
 */
public final class VariantWords {
  private static final Comparator<Pair> BY_RATIO = Comparator.comparingDouble(Pair::ratio);

  private final Map<String, List<Pair>> byVariant = new LinkedHashMap<>();
  private final boolean places;

  private VariantWords(List<Pair> pairs) {
    for (Pair pair : pairs) {
      byVariant.computeIfAbsent(pair.side().variant(), name -> new ArrayList<>()).add(pair);
    }
    long conditions = pairs.stream().map(pair -> pair.side().withVariant("")).distinct().count();
    places = conditions > 1;
  }

  /**
   * Of the pairs of a run.
   *
   * @param refusals of a run that compares them with other answers, which is another question
   */
  public static VariantWords of(Pairs all, Refusals refusals) {
    List<Pair> pairs =
        all.of(Pair.Kind.VARIANT, Metric.GOODPUT).stream()
            .filter(pair -> pair.blocks() >= Pairs.LEAST_BLOCKS && !Double.isNaN(pair.ratio()))
            .filter(pair -> !StrategyNames.composition(pair.side().strategy()).admitsNobody())
            .toList();
    boolean one =
        pairs.stream().map(pair -> pair.side().strategy()).distinct().count() == 1
            && all.of(Pair.Kind.STRATEGY, Metric.GOODPUT).stream()
                .allMatch(pair -> StrategyNames.composition(pair.side().strategy()).admitsNobody());
    return new VariantWords(one && refusals.words().isEmpty() ? pairs : List.of());
  }

  /** Whether there is nothing to say. */
  public boolean isEmpty() {
    return byVariant.isEmpty();
  }

  /** The strategy of all of them, if there is something to say. */
  public String strategy() {
    return byVariant.values().stream()
        .flatMap(List::stream)
        .map(pair -> pair.side().strategy())
        .findFirst()
        .orElse("");
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
    List<String> parts = new ArrayList<>();
    if (!clauses.isEmpty()) {
      parts.add("goodput is " + String.join("; ", clauses) + ", compared with `plain`");
    }
    if (!equal.isEmpty()) {
      String it = clauses.isEmpty() ? "goodput" : "it";
      parts.add(it + " equals that of `plain` with " + Prose.list(equal));
    }
    String text = String.join("; ", parts);
    return text.isEmpty()
        ? ""
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
  }

  /** The clearest of all differences; that there is none, if so. */
  public String title() {
    List<Pair> all = byVariant.values().stream().flatMap(List::stream).toList();
    List<Pair> worse = with(all, Verdict.WORSE);
    List<Pair> better = with(all, Verdict.BETTER);
    if (!worse.isEmpty()) {
      Pair least = worse.stream().min(BY_RATIO).orElseThrow();
      return "`"
          + least.side().variant()
          + "` costs most goodput: "
          + figure(least)
          + " of `plain`'s";
    }
    if (!better.isEmpty()) {
      Pair most = better.stream().max(BY_RATIO).orElseThrow();
      return "`"
          + most.side().variant()
          + "` brings most goodput: "
          + figure(most)
          + " of `plain`'s";
    }
    return with(all, Verdict.EQUAL).size() == all.size()
        ? "No variant changes the goodput"
        : "No variant's goodput could be told apart from that of `plain`";
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
    String interval = Ratio.interval(pair) + (places ? ", " + place(pair) : "");
    return Ratio.number(pair.ratio()) + " (" + interval + ")";
  }

  private String place(Pair pair) {
    List<String> words = new ArrayList<>();
    if (distinct(p -> p.side().server()) > 1) {
      words.add(pair.side().server());
    }
    if (distinct(p -> Double.toString(p.side().load())) > 1) {
      words.add(Numbers.load(pair.side().load()));
    }
    return String.join(" at ", words);
  }

  private long distinct(Function<Pair, String> of) {
    return byVariant.values().stream()
        .flatMap(List::stream)
        .map(of)
        .collect(Collectors.toSet())
        .size();
  }
}
