package shedlab.bench.protocols;

import java.util.List;
import shedlab.report.metric.Column;
import shedlab.report.metric.Unit;
import shedlab.report.text.Numbers;

/** The columns of {@code protocols.csv}. */
final class RowColumns {
  static final List<Column<Row>> ALL =
      List.of(
          new Column<>(
              "block", Unit.NONE, "from 1; figures of one block are compared", r -> "" + r.block()),
          new Column<>("position", Unit.NONE, "in the block, from 1", r -> "" + r.position()),
          new Column<>("server", Unit.NONE, "the server", Row::server),
          new Column<>(
              "protocol",
              Unit.NONE,
              "`http` (HTTP/1.1 in clear), `https` (HTTP/1.1 over TLS) or `h2` (HTTP/2 over TLS)",
              r -> r.asked().protocol().option()),
          new Column<>(
              "answer",
              Unit.NONE,
              "`200`, `429`, `reset` (RST_STREAM) or `connection` (closed when it is accepted)",
              r -> r.asked().answer().option()),
          new Column<>("connections", Unit.NONE, "`kept` or `new`", r -> r.asked().connections()),
          new Column<>(
              "seconds", Unit.SECONDS, "of the load", r -> text(r.reading().tally().seconds(), 4)),
          new Column<>(
              "ended",
              Unit.REQUESTS,
              "counted by the load generator: answered, reset or closed",
              r -> "" + r.reading().tally().ended()),
          new Column<>(
              "closed",
              Unit.REQUESTS,
              "those whose connection was closed before anything was answered",
              r -> "" + r.reading().tally().closed()),
          new Column<>(
              "counted",
              Unit.REQUESTS,
              "refusals by the server's counters; a 200 is not counted there",
              r -> r.asked().answer().refuses() ? "" + r.reading().counted() : ""),
          new Column<>(
              "per_second",
              Unit.PER_SECOND,
              "`ended / seconds`",
              r -> text(r.reading().perSecond(), 1)),
          new Column<>(
              "cpu_seconds",
              Unit.SECONDS,
              "CPU time of the server's process",
              r -> text(r.reading().cpuSeconds(), 6)),
          new Column<>(
              "busy",
              Unit.SHARE,
              "of its CPU that the server had; much below 1, the load generator was the limit",
              r -> text(r.reading().busy(), 3)),
          new Column<>(
              "cpu_us",
              Unit.MICROS,
              "CPU time of a refusal, or of a 200",
              r -> text(r.reading().cpuMicros(), 3)),
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
