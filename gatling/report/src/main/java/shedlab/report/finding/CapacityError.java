package shedlab.report.finding;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary;
import shedlab.report.raw.Capacities;
import shedlab.report.result.CellResult;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/**
 * How well it is known what 1x means. Nobody serves more than the capacity: where goodput exceeds
 * it, the capacity was measured too low.
 *
 * @param byServer the half-width of the capacity's 95 % interval, and what it differed at the end
 *     of the run, as a share of it
 */
public record CapacityError(Map<String, Double> byServer) {
  /** Figures are written with one digit: a smaller excess does not show. */
  private static final double SHOWN = 1.000_5;

  /**
   * Of a run; nothing is known of one without the files.
   *
   * @throws IOException that names the file, if it is not what it should be
   */
  public static CapacityError of(Path run) throws IOException {
    Map<String, Capacities.Capacity> after = Capacities.after(run);
    Map<String, Double> errors = new LinkedHashMap<>();
    Capacities.of(run)
        .forEach(
            (server, before) -> {
              double own = (before.high() - before.low()) / 2;
              Capacities.Capacity later = after.get(server);
              double drift = later == null ? 0 : Math.abs(later.perSecond() - before.perSecond());
              errors.put(server, (own + drift) / before.perSecond());
            });
    return new CapacityError(errors);
  }

  /** What to think of figures above the capacity; empty if there is none. */
  public String words(Summary summary, List<CellResult> cells) {
    List<String> known = new ArrayList<>();
    List<String> beyond = new ArrayList<>();
    for (String server : summary.servers()) {
      double most = most(summary, server, row -> row.get(Metric.GOODPUT_SHARE));
      double ofARun = most(summary, server, row -> Runs.shares(row, cells).getMax());
      if (Math.max(most, ofARun) < SHOWN) {
        continue;
      }
      Double error = byServer.get(server);
      known.add(
          error == null
              ? "an unknown error on " + server
              : "± " + Numbers.percent(error) + " on " + server);
      if (error != null && most - 1 > error) {
        beyond.add(server + " (" + Numbers.percent(most) + ")");
      }
    }
    return known.isEmpty()
        ? ""
        : "Nobody serves more than the capacity: what exceeds 100 % is the error of the capacity,"
            + " which is known to "
            + Prose.list(known)
            + " (its interval, and its drift until the end of the run), or chance in a single run."
            + (beyond.isEmpty()
                ? ""
                : " More than that error, and so not explained: " + Prose.list(beyond) + ".");
  }

  private static double most(Summary summary, String server, ToDoubleFunction<Summary.Row> share) {
    return summary.rows().stream()
        .filter(row -> row.server().equals(server))
        .mapToDouble(share)
        .filter(Double::isFinite)
        .max()
        .orElse(0);
  }
}
