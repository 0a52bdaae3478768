package shedlab.report.compare;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import shedlab.report.finding.FloorWords;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pair.Verdict;

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
        strategy(pair),
        load(pair),
        pair.measure().words(),
        percent(pair.ratio()) + mark(pair),
        verdict,
        interval(pair));
  }

  static List<String> ofDifference(Pair pair) {
    return List.of(
        pair.side().server(),
        strategy(pair),
        load(pair),
        pair.measure().words(),
        verdict(pair),
        percent(pair.ratio()) + mark(pair),
        interval(pair));
  }

  static List<String> of(Pair pair) {
    return List.of(
        pair.side().server(),
        "`" + pair.side().strategy() + "`",
        pair.side().variant().isEmpty() ? "–" : pair.side().variant(),
        load(pair),
        verdict(pair),
        pair.claim().why(),
        number(pair.ratio(), 3) + mark(pair),
        number(pair.interval().low(), 3),
        number(pair.interval().high(), 3),
        number(1 / pair.band(), 3) + "–" + number(pair.band(), 3),
        Integer.toString(pair.blocks()));
  }

  private static String mark(Pair pair) {
    return FloorWords.mark(pair, "B", "A");
  }

  private static String verdict(Pair pair) {
    return pair.claim().verdict() == Verdict.WORSE ? "✗ worse" : pair.claim().verdict().title();
  }

  private static String strategy(Pair pair) {
    return "`"
        + pair.side().strategy()
        + "`"
        + (pair.side().variant().isEmpty() ? "" : " " + pair.side().variant());
  }

  private static String load(Pair pair) {
    return number(pair.side().load(), -1) + "x";
  }

  private static String interval(Pair pair) {
    return percent(pair.interval().low()) + " to " + percent(pair.interval().high());
  }

  /** A ratio as a difference with its sign. */
  private static String percent(double ratio) {
    if (!Double.isFinite(ratio)) {
      return number(ratio, 1);
    }
    String text = number(100 * (ratio - 1), 1);
    return (text.startsWith("-") ? "−" + text.substring(1) : "+" + text) + " %";
  }

  /** As short as it is with -1 digits. */
  private static String number(double value, int digits) {
    if (Double.isNaN(value)) {
      return "–";
    }
    if (Double.isInfinite(value)) {
      return "from nothing";
    }
    var exact = BigDecimal.valueOf(value);
    return digits < 0
        ? exact.stripTrailingZeros().toPlainString()
        : exact.setScale(digits, RoundingMode.HALF_UP).toPlainString();
  }
}
