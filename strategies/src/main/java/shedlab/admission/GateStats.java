package shedlab.admission;

import java.util.Map;

/**
 * The state of a gate. {@code limit}, {@code inflight} and {@code waiting} are one atomic reading;
 * the totals since start are exact whenever no call is under way.
 *
 * @param limit how many may be in flight
 * @param inflight admitted and not yet completed
 * @param waiting in the backlog
 * @param admitted total admitted
 * @param shed total shed, by reason; every reason is present
 */
public record GateStats(int limit, int inflight, int waiting, long admitted, Map<Shed, Long> shed) {
  /** Total shed for any reason. */
  public long shedTotal() {
    return shed.values().stream().mapToLong(Long::longValue).sum();
  }
}
