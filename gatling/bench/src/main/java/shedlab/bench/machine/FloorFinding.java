package shedlab.bench.machine;

import java.util.function.ToLongFunction;
import shedlab.report.raw.Floor;
import shedlab.report.result.Latency;
import shedlab.report.text.Numbers;

/** What cannot be told from the machine's own delays, in figures. */
final class FloorFinding {
  /** A tenth of the usual deadline: above it, a strategy's delays drown in the machine's. */
  private static final long MOST_MICROS = 25_000;

  private FloorFinding() {}

  static Finding of(Floor floor) {
    if (!floor.measured()) {
      return Finding.ok("noise floor", "not measured: it needs Linux and the built servers");
    }
    String found =
        "p50 below "
            + millis(floor::resolves, Latency::p50)
            + " and p99 below "
            + millis(floor::resolves, Latency::p99)
            + " cannot be seen here (a thread on an idle CPU wakes "
            + millis(floor::at, Latency::p50)
            + " late at p50, "
            + millis(floor::at, Latency::p99)
            + " at p99, "
            + millis(floor::at, Latency::max)
            + " at most)";
    return Finding.of(
        "noise floor",
        found,
        floor.resolves(Latency::p99) <= MOST_MICROS,
        "a host with dedicated CPUs, or a time at which its other virtual machines are idle;"
            + " else compare no response times below that");
  }

  private static String millis(
      ToLongFunction<ToLongFunction<Latency>> micros, ToLongFunction<Latency> percentile) {
    return Numbers.millis(Math.max(1, micros.applyAsLong(percentile))) + " ms";
  }
}
