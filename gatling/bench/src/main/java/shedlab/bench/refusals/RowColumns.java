package shedlab.bench.refusals;

import java.util.List;
import shedlab.report.metric.Column;
import shedlab.report.metric.Unit;
import shedlab.report.text.Numbers;

/** The columns of {@code refusals.csv}. */
final class RowColumns {
  static final List<Column<Row>> ALL =
      List.of(
          new Column<>(
              "block", Unit.NONE, "from 1; figures of one block are compared", r -> "" + r.block()),
          new Column<>("position", Unit.NONE, "in the block, from 1", r -> "" + r.position()),
          new Column<>("server", Unit.NONE, "the server", r -> r.subject().server()),
          new Column<>(
              "strategy",
              Unit.NONE,
              "why it refuses: a limit whose permit is taken, or a policer",
              r -> r.subject().refusing().strategy()),
          new Column<>("start", Unit.NONE, "`warm` or `cold`", r -> r.subject().start()),
          new Column<>("answer", Unit.NONE, "the status", r -> r.load().answer().status()),
          new Column<>("connections", Unit.NONE, "`kept` or `new`", r -> r.load().connections()),
          new Column<>(
              "offered_per_second",
              Unit.PER_SECOND,
              "requests offered; empty: as many as are answered",
              r -> r.load().isSaturated() ? "" : "" + r.load().perSecond()),
          new Column<>(
              "seconds", Unit.SECONDS, "of the load", r -> text(r.reading().count().seconds(), 4)),
          new Column<>(
              "answers",
              Unit.REQUESTS,
              "counted by the load generator",
              r -> "" + r.reading().count().answers()),
          new Column<>(
              "counted",
              Unit.REQUESTS,
              "the same by the server's counters; a 200 is not counted there",
              r -> r.load().answer() == Load.Answer.REFUSAL ? "" + r.reading().counted() : ""),
          new Column<>(
              "per_second",
              Unit.PER_SECOND,
              "`answers / seconds`",
              r -> text(r.reading().perSecond(), 1)),
          new Column<>(
              "cpu_seconds",
              Unit.SECONDS,
              "CPU time of the server's process, without the thread that holds the permit",
              r -> text(r.reading().cpuSeconds(), 6)),
          new Column<>(
              "busy",
              Unit.SHARE,
              "of its CPU that the server had; much below 1 in saturation, the load generator was"
                  + " the limit",
              r -> text(r.reading().busy(), 3)),
          new Column<>(
              "cpu_us",
              Unit.MICROS,
              "CPU time of an answer",
              r -> text(r.reading().cpuMicros(), 3)),
          new Column<>(
              "allocated_bytes",
              Unit.NONE,
              "bytes on the heap for an answer; empty without a JVM",
              r -> text(r.reading().bytes(), 1)),
          new Column<>(
              "problem",
              Unit.NONE,
              "why the row is left out; empty if nothing speaks against it",
              r -> r.reading().problem()));

  private RowColumns() {}

  private static String text(double value, int digits) {
    return Double.isFinite(value) ? Numbers.fixed(value, digits) : "";
  }
}
