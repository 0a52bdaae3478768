package shedlab.report.compare;

import java.util.List;
import shedlab.report.finding.FloorWords;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.result.Condition;
import shedlab.report.text.Numbers;

/** A pair as a row of a table: in full, of what differs, or for a pull request. */
final class PairRow {
  /** The columns of the table of all pairs. */
  static final List<String> COLUMNS =
      List.of(
          "server",
          "strategy",
          "variant",
          "load",
          "verdict",
          "why",
          "B / A",
          "low",
          "high",
          "A/A band",
          "blocks");

  /** The columns of the table of pairs that differ. */
  static final List<String> DIFFERENCES =
      List.of("server", "strategy", "load", "measure", "verdict", "difference", "95 % interval");

  /** The columns of the table for a pull request. */
  static final List<String> GATE =
      List.of(
          "server",
          "strategy",
          "load",
          "measure",
          "% difference",
          "significant?",
          "95 % CI of % difference");

  private static final String FROM_NOTHING = "from nothing";

  private PairRow() {}

  static List<String> ofGate(Pair pair) {
    String verdict =
        switch (pair.claim().verdict()) {
          case WORSE -> "yes, worse";
          case BETTER -> "yes, better";
          case EQUAL -> "no, equal";
          case NOT_TOLD_APART, TOO_FEW, NOT_TESTED -> pair.claim().verdict().title();
        };
    return List.of(
        pair.side().server(),
        strategy(pair.side()),
        Numbers.load(pair.side().load()),
        pair.measure().words(),
        difference(pair),
        verdict,
        interval(pair));
  }

  static List<String> ofDifference(Pair pair) {
    return List.of(
        pair.side().server(),
        strategy(pair.side()),
        Numbers.load(pair.side().load()),
        pair.measure().words(),
        verdict(pair),
        difference(pair),
        interval(pair));
  }

  static List<String> of(Pair pair) {
    return List.of(
        pair.side().server(),
        "`" + pair.side().strategy() + "`",
        pair.side().variant().isEmpty() ? Numbers.NO_FIGURE : pair.side().variant(),
        Numbers.load(pair.side().load()),
        verdict(pair),
        pair.claim().why(),
        (Double.isInfinite(pair.ratio()) ? FROM_NOTHING : number(pair.ratio())) + mark(pair),
        number(pair.interval().low()),
        number(pair.interval().high()),
        number(1 / pair.band()) + "–" + number(pair.band()),
        Integer.toString(pair.blocks()));
  }

  private static String mark(Pair pair) {
    return FloorWords.mark(pair, "B", "A");
  }

  private static String verdict(Pair pair) {
    return pair.claim().verdict() == Verdict.WORSE ? "✗ worse" : pair.claim().verdict().title();
  }

  /** A strategy with its variant, if that is not the plain one. */
  static String strategy(Condition condition) {
    String variant = condition.variant().isEmpty() ? "" : " " + condition.variant();
    return "`" + condition.strategy() + "`" + variant;
  }

  private static String difference(Pair pair) {
    return (Double.isInfinite(pair.ratio()) ? FROM_NOTHING : percent(pair.ratio())) + mark(pair);
  }

  private static String interval(Pair pair) {
    return percent(pair.interval().low()) + " to " + percent(pair.interval().high());
  }

  /** A ratio as a difference with its sign. */
  private static String percent(double ratio) {
    if (!Double.isFinite(ratio)) {
      return number(ratio);
    }
    String text = Numbers.fixed(100 * (ratio - 1), 1);
    return (text.startsWith("-") ? "−" + text.substring(1) : "+" + text) + " %";
  }

  private static String number(double ratio) {
    return Double.isInfinite(ratio) ? "∞" : Numbers.fixed(ratio, 3);
  }
}
