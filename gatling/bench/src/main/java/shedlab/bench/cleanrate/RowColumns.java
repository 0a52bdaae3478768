package shedlab.bench.cleanrate;

import java.util.List;
import shedlab.report.metric.Column;
import shedlab.report.metric.Unit;
import shedlab.report.text.Numbers;

/** The columns of {@code clean-rate.csv}. */
final class RowColumns {
  static final List<Column<Row>> ALL =
      List.of(
          new Column<>("block", Unit.NONE, "from 1", r -> "" + r.block()),
          new Column<>("position", Unit.NONE, "in the block, from 1", r -> "" + r.position()),
          new Column<>(
              "generators",
              Unit.NONE,
              "how many load generators played the load together",
              r -> "" + r.generators().number()),
          new Column<>(
              "flags",
              Unit.NONE,
              "further flags of their JVMs; empty: as runs start them",
              r -> r.generators().flagText()),
          new Column<>(
              "offered_per_second",
              Unit.PER_SECOND,
              "the rate, constant, arrivals by chance (Poisson)",
              r -> "" + r.perSecond()),
          new Column<>(
              "requests", Unit.REQUESTS, "in the window", r -> "" + r.reading().requests()),
          new Column<>(
              "refused", Unit.REQUESTS, "those that got a 429", r -> "" + r.reading().refused()),
          new Column<>(
              "generator_cpu_us",
              Unit.MICROS,
              "CPU time of all load generators for a request",
              r -> text(r.reading().generatorMicros(), 3)),
          new Column<>(
              "generator_busy",
              Unit.SHARE,
              "of its CPUs that the busiest load generator used",
              r -> text(r.reading().busiest(), 4)),
          new Column<>(
              "late_p50_ms",
              Unit.MILLIS,
              "how late requests started",
              r -> text(r.reading().lateP50(), 3)),
          new Column<>("late_p99_ms", Unit.MILLIS, "likewise", r -> text(r.reading().lateP99(), 3)),
          new Column<>(
              "server_cpu_us",
              Unit.MICROS,
              "CPU time of the server for a request",
              r -> text(r.reading().serverMicros(), 3)),
          new Column<>(
              "server_busy",
              Unit.SHARE,
              "of its CPUs that the server used",
              r -> text(r.reading().serverShare(), 4)),
          new Column<>(
              "failed",
              Unit.NONE,
              "the checks of a run's certificate that failed; empty: the generators were clean",
              r -> r.reading().broken()));

  private RowColumns() {}

  private static String text(double value, int digits) {
    return Double.isFinite(value) ? Numbers.fixed(value, digits) : "";
  }
}
