package shedlab.report.result;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A figure of a cell that two cells are compared by. NaN where the cell has none. */
public enum Measure {
  /** 200s within the deadline, per second. */
  GOODPUT(true, c -> c.clientSide().goodputPerSecond()),
  /** The same as a share of the cell's own capacity. */
  GOODPUT_SHARE(true, c -> c.clientSide().goodputPerSecond() / c.capacityPerSecond()),
  /** 99th percentile of 200s. */
  ADMITTED_P99(false, c -> p99(c.clientSide().admittedLatency())),
  /** 99th percentile of 429s. */
  SHED_P99(false, c -> p99(c.clientSide().shedLatency())),
  /** CPU time of the server per 200 within the deadline. */
  CPU_PER_GOOD(false, Measure::cpuPerGood);

  private final boolean moreIsBetter;

  // Method references and lambdas without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ToDoubleFunction<CellResult> of;

  Measure(boolean moreIsBetter, ToDoubleFunction<CellResult> of) {
    this.moreIsBetter = moreIsBetter;
    this.of = of;
  }

  /** What a ratio above 1 means. */
  public boolean moreIsBetter() {
    return moreIsBetter;
  }

  /** The figure of one cell. */
  public double of(CellResult cell) {
    return of.applyAsDouble(cell);
  }

  /** Its name in files. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static double p99(Latency latency) {
    return latency.supportsP99() ? latency.p99() : Double.NaN;
  }

  private static double cpuPerGood(CellResult cell) {
    ServerUse use = cell.serverSide().use();
    return use == null || cell.clientSide().outcomes().good() == 0
        ? Double.NaN
        : use.cpuSeconds() / cell.clientSide().outcomes().good();
  }
}
