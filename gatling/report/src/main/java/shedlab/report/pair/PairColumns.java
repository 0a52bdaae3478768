package shedlab.report.pair;

import static shedlab.report.metric.Unit.BLOCKS;
import static shedlab.report.metric.Unit.CAPACITY;
import static shedlab.report.metric.Unit.NONE;
import static shedlab.report.metric.Unit.SHARE;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import shedlab.report.metric.Column;
import shedlab.report.metric.Fields;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Unit;

/** The columns of {@code pairs.csv}. */
public final class PairColumns {
  /** In the order of the file. */
  public static final List<Column<Pair>> ALL =
      List.of(
          new Column<>(
              "kind",
              NONE,
              "what differs: `strategy` (against the plan's reference), `variant` (against the"
                  + " plain one), `server`, `twin` (the reference against itself), `run` (against an"
                  + " earlier run)",
              pair -> pair.kind().title()),
          new Column<>("measure", NONE, measures(), pair -> pair.measure().measure()),
          new Column<>("server", NONE, "of the first", pair -> pair.side().server()),
          new Column<>("strategy", NONE, "of the first", pair -> pair.side().strategy()),
          new Column<>("variant", NONE, "of the first", pair -> pair.side().variant()),
          new Column<>("load", CAPACITY, "of the first", pair -> Fields.load(pair.side().load())),
          new Column<>(
              "against",
              NONE,
              "the second: a strategy, a server, a variant (empty for the plain one) or a run",
              Pair::against),
          new Column<>(
              "blocks",
              BLOCKS,
              "in which both are valid and have the figure; with fewer than 3 there is no verdict",
              pair -> Integer.toString(pair.blocks())),
          figure(
              "ratio",
              NONE,
              "the figure of the first divided by that of the second, of the mean difference as a"
                  + " share of the greater of the two; `inf` where the second had none",
              pair -> pair.ratio()),
          figure(
              "low",
              NONE,
              "lower end of its 95 % interval (Student's t over the blocks, with a shared spread)",
              pair -> pair.interval().low()),
          figure("high", NONE, "upper end of that interval", pair -> pair.interval().high()),
          figure(
              "p",
              SHARE,
              "paired t-test of those differences: probability of such a mean by chance",
              pair -> pair.difference().p()),
          figure(
              "q",
              SHARE,
              "`p` after Benjamini and Hochberg, among all of the same kind, measure and server",
              pair -> pair.claim().q()),
          figure(
              "band",
              NONE,
              "ratios between 1/`band` and `band` count as none: 95 % of the means of as many"
                  + " twins are there; at least the precision of the run, 5 % if it has none",
              pair -> pair.band()),
          new Column<>(
              "verdict",
              NONE,
              "`better`, `worse`: the interval leaves out 1, the ratio is outside the band, and `q`"
                  + " is 0.05 or less; `equal`: the interval lies within the precision, or holds 1 and"
                  + " its half-width is no more; `not told apart`: neither, or both are"
                  + " the `machine`'s; `too few runs`: fewer than 3 blocks;"
                  + " `not tested`: no block has both",
              pair -> pair.claim().verdict().title()),
          new Column<>("why", NONE, "the verdict in words", pair -> pair.claim().why()),
          new Column<>(
              Column.MACHINE,
              NONE,
              "which of the two, in the median of those blocks, lies within twice the machine's"
                  + " noise floor (`floor.hlog`) at the same percentile: `first`, `second` or"
                  + " `both`; not in a run that did not measure it",
              pair -> pair.machine().title()));

  private PairColumns() {}

  private static Column<Pair> figure(
      String name, Unit unit, String meaning, ToDoubleFunction<Pair> figure) {
    return new Column<>(name, unit, meaning, pair -> Fields.number(figure.applyAsDouble(pair), 4));
  }

  private static String measures() {
    return Metric.compared().stream()
        .map(metric -> "`" + metric.measure() + "` (" + metric.words() + ")")
        .collect(Collectors.joining(", "));
  }
}
