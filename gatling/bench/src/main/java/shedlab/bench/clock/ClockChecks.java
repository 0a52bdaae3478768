package shedlab.bench.clock;

import java.util.List;
import java.util.Locale;
import shedlab.report.clock.ClockOffset;
import shedlab.report.result.Check;

/** The part of a cell's certificate that tells of another machine's clock. */
public final class ClockChecks {
  /** Of a server's; a tenth of the time between two of its samples. */
  private static final double MAX_UNCERTAINTY = 0.01;

  private ClockChecks() {}

  /**
   * Whether a server's samples are at their place in the load's time. Nothing to check if both
   * sides have the same clock.
   *
   * @param clock how far the server's was ahead of this machine's during the cell
   */
  public static List<Check> server(ClockOffset clock) {
    if (clock.equals(ClockOffset.SAME)) {
      return List.of();
    }
    double uncertainty = clock.uncertaintyNanos() / 1e9;
    String ahead = String.format(Locale.ROOT, "%.4f", clock.offsetNanos() / 1e9);
    return List.of(
        new Check("server's clock ahead by, s", ahead, "any: its samples are moved", true),
        new Check(
            "server's clock known to, s",
            String.format(Locale.ROOT, "%.3f", uncertainty),
            String.format(Locale.ROOT, "<= %.3f", MAX_UNCERTAINTY),
            uncertainty <= MAX_UNCERTAINTY));
  }
}
