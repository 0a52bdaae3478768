package shedlab.report.front;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import shedlab.report.metric.Summary.Row;
import shedlab.report.page.Part;
import shedlab.report.result.Latency;
import shedlab.report.statistics.Difference;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/** What a run advises, in words: a text to copy, its settings by rule, and when not to use it. */
final class Advice {
  /** A smaller share of false sheds is not worth a warning. */
  private static final double FEW_SHEDS = 0.005;

  /** So many times the p99 of another strategy is worth a warning. */
  private static final double MUCH_LONGER = 1.5;

  /** So many of a tie are told in full. */
  private static final int SHOWN = 3;

  private final Ranking ranking;
  private final boolean protects;

  /** Of those that are best, as many as are told in full. */
  private final List<Standing> best;

  private final int others;

  Advice(Ranking ranking) {
    List<Standing> all = ranking.best();
    this.ranking = ranking;
    this.protects = all.stream().noneMatch(Advice::unprotected);
    this.best = all.subList(0, Math.min(SHOWN, all.size()));
    this.others = all.size() - best.size();
  }

  /** True if the run recommends anything. */
  boolean recommends() {
    return ranking.canTell() && protects;
  }

  private static boolean unprotected(Standing standing) {
    return StrategyNames.composition(standing.strategy()).neverSheds();
  }

  /** The finding. */
  String title() {
    if (!ranking.canTell()) {
      return "What each strategy served; too few runs to recommend one";
    }
    if (!recommends()) {
      return "At these loads no strategy is known to be better than none";
    }
    return best.size() == 1
        ? "Use " + name(best.get(0)) + ": it serves most at its worst load"
        : "A tie: " + list(best.stream().map(this::name).toList());
  }

  /** A list that ends with how many others there are. */
  private String list(List<String> items) {
    List<String> all = new ArrayList<>(items);
    if (others > 0) {
      all.add(Prose.count(others, "other"));
    }
    return Prose.list(all);
  }

  /** The figures behind it, with their ranges. */
  String sentence() {
    String worst =
        Prose.list(
            best.stream()
                .map(s -> name(s) + " " + Numbers.percent(s.worstMean()) + " " + range(s))
                .toList());
    String what =
        "Of what was achievable, at "
            + (best.size() == 1 ? "its worst load: " : "the worst load of each: ")
            + worst
            + ". ";
    return what + (best.size() == 1 ? next() : tie());
  }

  private String range(Standing standing) {
    return "["
        + standing.worstSpread().range(Numbers::percent)
        + ", at "
        + Numbers.load(standing.worstLoad())
        + "]";
  }

  private String next() {
    List<Standing> ranked = ranking.ranked();
    Difference difference = ranking.difference(ranked.get(0), ranked.get(1));
    return name(ranked.get(1)) + ", the next, serves " + points(difference) + " less.";
  }

  private String tie() {
    List<String> less = new ArrayList<>();
    for (Standing standing : best.subList(1, best.size())) {
      Difference difference = ranking.difference(best.get(0), standing);
      less.add(
          name(standing)
              + " serves "
              + points(difference)
              + " less, "
              + ranking.whyNot(difference));
    }
    return String.join("; ", less) + (others > 0 ? "; the others are in the table." : ".");
  }

  /** A difference with its interval. */
  private static String points(Difference difference) {
    return number(difference.mean())
        + " points ["
        + number(difference.interval().low())
        + " to "
        + number(difference.interval().high())
        + "]";
  }

  /** A difference of shares as points, with a minus that is as wide as a plus. */
  static String number(double share) {
    return Numbers.fixed(100 * share, 1).replace('-', '−');
  }

  /** The texts to copy, each with its settings by rule. */
  Part texts() {
    var page = new StringBuilder();
    var writeUp = new StringBuilder();
    for (Standing standing : best) {
      String text = standing.strategy();
      String rule = Rule.of(ranking.run.plan, text).map(Rule::words).orElse("");
      page.append("<pre class=\"copy\" tabindex=\"0\"><code>");
      page.append(Prose.escape(text).replaceAll("[+,]", "$0<wbr/>")).append("</code></pre>\n");
      page.append(rule.isEmpty() ? "" : Part.small(rule).page() + "\n");
      writeUp.append("```\n").append(text).append("\n```\n\n");
      writeUp.append(rule.isEmpty() ? "" : rule + "\n\n");
    }
    Part task = Part.small(task());
    return new Part(page + task.page(), (writeUp + task.writeUp()).strip());
  }

  /** What the rules start from. */
  private String task() {
    double millis = ranking.taskMillis();
    boolean plain = ranking.run.plan.settings().getOrDefault("work", "1").equals("1");
    return plain && Double.isFinite(millis)
        ? "A task took "
            + Numbers.fixed(millis, 1)
            + " ms of CPU time, by the capacity; the deadline was "
            + ranking.run.plan.load().deadlineMillis()
            + " ms, the server had "
            + Prose.count(ranking.cpus(), "CPU")
            + " and "
            + Prose.count(ranking.run.plan.setUp().workers(), "worker thread")
            + "."
        : "";
  }

  /** When something else is better, or nobody knows. */
  List<String> whenNot() {
    List<String> reasons = new ArrayList<>();
    sheds().ifPresent(reasons::add);
    slower().ifPresent(reasons::add);
    List<Double> loads = ranking.loads;
    reasons.add(
        "Not measured: loads above "
            + Numbers.load(loads.get(loads.size() - 1))
            + ", other tasks and deadlines, more than "
            + Prose.count(ranking.cpus(), "CPU")
            + ", work that waits for something else than a CPU.");
    return reasons;
  }

  private Optional<String> sheds() {
    List<Standing> loud =
        best.stream()
            .filter(s -> s.falseSheds().known() && s.falseSheds().mean() >= FEW_SHEDS)
            .toList();
    if (loud.isEmpty()) {
      return Optional.empty();
    }
    String load = Numbers.load(ranking.below().orElse(Double.NaN));
    String refused =
        Prose.list(
            loud.stream()
                .map(
                    s ->
                        name(s)
                            + " "
                            + Numbers.percent(s.falseSheds().mean())
                            + " ["
                            + s.falseSheds().range(Numbers::percent)
                            + "]")
                .toList());
    return Optional.of(
        "The load stays below the capacity. At "
            + load
            + ", this share of the requests was refused although the server could have served them: "
            + refused
            + ".");
  }

  /** A strategy with a much shorter p99 at the load of comparisons, if the samples suffice. */
  private Optional<String> slower() {
    double load = ranking.run.verdict.referenceLoad();
    Standing slowest = best.get(0);
    long own = 0;
    for (Standing standing : best) {
      long most = p99(standing, load).map(l -> l[1]).orElse(0L);
      if (most > own) {
        own = most;
        slowest = standing;
      }
    }
    long longest = own;
    Standing of = slowest;
    return ranking.ranked().stream()
        .filter(s -> !unprotected(s))
        .filter(s -> p99(s, load).filter(l -> l[1] * MUCH_LONGER < longest).isPresent())
        .min(Comparator.comparingLong(s -> p99(s, load).orElseThrow()[1]))
        .map(
            s ->
                "A short p99 matters more than goodput: at "
                    + Numbers.load(load)
                    + " that of "
                    + name(of)
                    + " is "
                    + millis(of, load)
                    + " ms, that of "
                    + name(s)
                    + " "
                    + millis(s, load)
                    + " ms.");
  }

  private String millis(Standing standing, double load) {
    return p99(standing, load)
        .map(l -> Prose.range(Numbers.millis(l[0]), Numbers.millis(l[1])))
        .orElse(Numbers.NO_FIGURE);
  }

  /**
   * The least and the greatest p99 of the servers in microseconds, if all of them can be quoted.
   */
  private Optional<long[]> p99(Standing standing, double load) {
    List<Latency> all =
        ranking.run.plain.rows().stream()
            .filter(r -> r.strategy().equals(standing.strategy()) && r.load() == load)
            .filter(Row::hasFigures)
            .map(Row::admitted)
            .toList();
    return all.isEmpty() || !all.stream().allMatch(Latency::supportsP99)
        ? Optional.empty()
        : Optional.of(
            new long[] {
              all.stream().mapToLong(Latency::p99).min().orElse(0),
              all.stream().mapToLong(Latency::p99).max().orElse(0)
            });
  }

  private String name(Standing standing) {
    return ranking.run.names.code(standing.strategy());
  }
}
