package shedlab.simulation.result;

import java.util.List;
import java.util.Map;
import shedlab.admission.Shed;

/**
 * The result of a simulation. Counts and latencies cover the requests whose intended start is in
 * the measured window; tries and averages cover what happened in the window.
 *
 * @param strategy canonical text
 * @param byTenant in the order of the tenants
 * @param admittedLatency of requests done
 * @param shedLatency of requests whose last try was refused
 * @param series the intervals, if any were asked for
 */
public record Result(
    String strategy,
    Counts requests,
    List<Counts> byTenant,
    Tries tries,
    Latency admittedLatency,
    Latency shedLatency,
    Averages averages,
    List<Interval> series)
    implements Averages.Known {

  /**
   * What the servers saw: every try counts, also of requests from before the window.
   *
   * @param calm tries while the offered load was below the capacity. The offered load is the
   *     profile's rate of first tries, averaged over bursts; the capacity is that of the cores at
   *     the time
   * @param falseShed how many of the calm tries were shed
   */
  public record Tries(
      long entered, long admitted, Map<Shed, Long> shedByReason, long calm, long falseShed) {}

  /** The length of the measured window. */
  public double windowSeconds() {
    return averages.seconds();
  }

  /** Requests done within the deadline, per second. */
  public double goodputPerSecond() {
    return requests.good() / windowSeconds();
  }

  /** Requests done, per second. */
  public double throughputPerSecond() {
    return requests.done() / windowSeconds();
  }

  /** Shed tries as a share of all tries while the offered load was below the capacity. */
  public double falseShedShare() {
    return tries.calm == 0 ? 0 : (double) tries.falseShed / tries.calm;
  }
}
