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
              "in which both are valid and have the figure; with fewer than 5 there is no verdict",
              pair -> Integer.toString(pair.estimate().blocks())),
          figure(
              "ratio",
              NONE,
              "the figure of the first divided by that of the second; `inf` where the second had"
                  + " none",
              pair -> pair.estimate().ratio()),
          figure(
              "low",
              NONE,
              "lower end of the interval that the verdict rests on: order statistics under 8"
                  + " blocks, else the bootstrap",
              pair -> pair.estimate().interval().low()),
          figure(
              "high",
              NONE,
              "upper end of that interval",
              pair -> pair.estimate().interval().high()),
          figure(
              "coverage",
              SHARE,
              "how often such an interval contains the true value: 0.9375 with 5 blocks, 0.9688"
                  + " with 6, 0.9844 with 7",
              pair -> pair.estimate().interval().coverage()),
          figure(
              "bootstrap_low",
              NONE,
              "lower end of the percentile bootstrap, nominally 95 %",
              pair -> pair.estimate().bootstrap().low()),
          figure(
              "bootstrap_high",
              NONE,
              "upper end of that interval",
              pair -> pair.estimate().bootstrap().high()),
          figure(
              "p",
              SHARE,
              "paired t-test on logarithms: probability of such a difference by chance",
              pair -> pair.estimate().p()),
          figure(
              "q",
              SHARE,
              "`p` after Benjamini and Hochberg, among all of the same kind, measure and server",
              pair -> pair.claim().q()),
          figure(
              "band",
              NONE,
              "ratios between 1/`band` and `band` count as equal: 95 % of the medians of as many"
                  + " twins are there; at least 1.05",
              pair -> pair.claim().band()),
          new Column<>(
              "verdict",
              NONE,
              "`better`, `worse`: the interval leaves out 1, the ratio is outside the band, and `q`"
                  + " is 0.05 or less; else `indistinguishable`",
              pair -> pair.claim().verdict().title()),
          new Column<>("why", NONE, "the verdict in words", pair -> pair.claim().why()));

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
