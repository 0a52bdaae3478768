package shedlab.report.result;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server reported for a cell's measured window.
 *
 * @param cpuShare share of the server's CPUs that its process used, 0 to 1; null if nobody knows
 * @param meanLimit time average of the limit; null for no limit
 * @param meanInflight time average of the requests in flight; null if the server does not tell
 * @param meanWaiting time average of the requests in the backlog; null likewise
 * @param use null if the server did not report it
 * @param shedByReason the server's own count over the whole cell, lead-in included
 */
public record ServerSide(
    @Nullable Double cpuShare,
    @Nullable Double meanLimit,
    @Nullable Double meanInflight,
    @Nullable Double meanWaiting,
    @Nullable ServerUse use,
    Map<String, Long> shedByReason) {
  /** The server's side of a cell that failed. */
  static final ServerSide NOTHING = new ServerSide(0.0, null, 0.0, 0.0, null, Map.of());
}
