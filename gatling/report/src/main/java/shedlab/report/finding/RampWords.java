package shedlab.report.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import shedlab.report.finding.Ramp.Ways;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.pair.Ratio;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/** Whether the way down of a ramp is the same as its way up, in words. */
public final class RampWords {
  private final List<Ways> ways;
  private final StrategyNames names;
  private final boolean servers;
  private final boolean loads;

  /** Of a ramp, whose strategies have these names. */
  public RampWords(Ramp ramp, StrategyNames names) {
    this.ways = ramp.ways();
    this.names = names;
    this.servers = ways.stream().map(each -> each.of().server()).distinct().count() > 1;
    this.loads = ways.stream().map(each -> each.of().load()).distinct().count() > 1;
  }

  /** Every condition with its ratio, or that it is equal; empty for a run without a ramp. */
  public String sentence() {
    List<String> clauses = new ArrayList<>();
    Stream.of(Verdict.WORSE, Verdict.BETTER)
        .flatMap(this::with)
        .forEach(each -> clauses.add(Ratio.figure(each.whole()) + " with " + name(each)));
    List<String> equal = with(Verdict.EQUAL).map(this::name).toList();
    if (!equal.isEmpty()) {
      clauses.add("equal with " + Prose.list(equal));
    }
    List<String> open =
        Stream.of(Verdict.NOT_TOLD_APART, Verdict.TOO_FEW)
            .flatMap(this::with)
            .map(each -> name(each) + " " + Ratio.figure(each.whole()))
            .toList();
    if (!open.isEmpty()) {
      clauses.add("not told apart with " + Prose.list(open));
    }
    return clauses.isEmpty()
        ? ""
        : "At the same loads, goodput on the way down compared with the way up is "
            + String.join("; ", clauses)
            + ".";
  }

  /** The greatest loss; that there is none, if so. */
  public String title() {
    return with(Verdict.WORSE)
        .min(Comparator.comparingDouble((Ways each) -> each.whole().mean()))
        .map(
            each ->
                "On the way down, "
                    + name(each)
                    + " has "
                    + Ratio.figure(each.whole())
                    + " of the goodput of the way up")
        .orElse(
            with(Verdict.EQUAL).count() == ways.size()
                ? "Goodput is the same on the way down as on the way up"
                : "No strategy was found to do less on the way down than on the way up");
  }

  /** A condition in words: the strategy, and what else there are several of. */
  public String name(Ways each) {
    return names.code(each.of().strategy())
        + (servers ? " on " + each.of().server() : "")
        + (loads ? " at " + Numbers.load(each.of().load()) : "")
        + (each.of().variant().isEmpty() ? "" : " (" + each.of().variant() + ")");
  }

  private Stream<Ways> with(Verdict verdict) {
    return ways.stream().filter(each -> each.verdict() == verdict);
  }
}
