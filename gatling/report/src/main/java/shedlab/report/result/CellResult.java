package shedlab.report.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code cells.jsonl}: one server under one strategy at one offered load, once.
 *
 * <p>Counts and latencies are of the measured window (by intended start, after the lead-in).
 *
 * @param formatVersion of this record
 * @param id folder of the raw files below {@code cells/}, unique in the run
 * @param strategy canonical text
 * @param variant name of the variant; {@code ""} for the plain way
 * @param load offered load as a multiple of {@code capacityPerSecond}
 * @param repeat from 1
 * @param attempt 2 if the first was invalid and is superseded by this one
 * @param order in which the run's cells were measured, from 1
 * @param capacityPerSecond the server's calibrated capacity: what 1x means
 * @param offeredPerSecond intended requests per second in the window
 * @param goodputPerSecond 200s within the deadline per second in the window
 * @param admittedLatency of 200s
 * @param shedLatency of 429s
 * @param serverCpuShare share of the server's CPUs that its process used in the window, 0 to 1
 * @param meanLimit time average of the limit in the window; null for no limit
 * @param meanInflight time average in the window
 * @param meanWaiting time average in the window
 * @param use null if the server did not tell
 * @param attempts null unless clients try again
 * @param tenants empty if all clients are alike
 * @param dynamics null on a plateau
 * @param healthz response times of probes that never pass the gate; null if none were sent
 * @param shedByReason the server's own count over the whole cell, lead-in included
 * @param predictedShedShare what queueing theory says for this strategy; null where it says nothing
 * @param checks the validity certificate
 * @param overheadSeconds wall-clock time it took besides its own load and warm-ups; null if not
 *     known
 * @param failure why the cell has no figures; null if it ran to its end
 * @param gatlingReport path of Gatling's page below the run's folder; null if none was made
 */
public record CellResult(
    int formatVersion,
    String id,
    String server,
    String strategy,
    String variant,
    double load,
    int repeat,
    int attempt,
    int order,
    double capacityPerSecond,
    double offeredPerSecond,
    double goodputPerSecond,
    double windowSeconds,
    Outcomes outcomes,
    Latency admittedLatency,
    Latency shedLatency,
    double serverCpuShare,
    @Nullable Double meanLimit,
    double meanInflight,
    double meanWaiting,
    @Nullable ServerUse use,
    @Nullable Attempts attempts,
    List<TenantResult> tenants,
    @Nullable Dynamics dynamics,
    @Nullable Latency healthz,
    Map<String, Long> shedByReason,
    @Nullable Double predictedShedShare,
    List<Check> checks,
    @Nullable Double overheadSeconds,
    @Nullable String failure,
    @Nullable String gatlingReport) {

  /** The version that this code writes. */
  public static final int FORMAT = 4;

  /** Adds what cells of earlier versions did not have, as it then was. */
  static void upgrade(ObjectNode cell, int version) {
    if (version < 2) {
      cell.put("attempt", 1);
    }
    if (version < 3) {
      cell.put("variant", "");
      cell.put("order", 0);
      cell.putNull("use");
      cell.putNull("attempts");
      cell.putArray("tenants");
      cell.putNull("dynamics");
      cell.putNull("healthz");
      for (String latency : List.of("admittedLatency", "shedLatency")) {
        if (cell.get(latency) instanceof ObjectNode percentiles) {
          percentiles.put("mean", 0);
        }
      }
    }
    if (version < 4) {
      cell.putNull("overheadSeconds");
    }
    cell.put("formatVersion", FORMAT);
  }

  /** True if it ran to its end and every check held. */
  public boolean valid() {
    return failure == null && checks.stream().allMatch(Check::ok);
  }

  /** Shed requests as a share of all intended ones. */
  public double shedShare() {
    return outcomes.total() == 0 ? 0 : (double) outcomes.shed() / outcomes.total();
  }
}
