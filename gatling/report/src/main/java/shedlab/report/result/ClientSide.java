package shedlab.report.result;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the clients saw of a cell in the measured window, which is after the lead-in; requests
 * belong to it by their intended start.
 *
 * @param offeredPerSecond intended requests per second
 * @param goodputPerSecond 200s within the deadline per second
 * @param admittedLatency of 200s
 * @param shedLatency of 429s
 * @param attempts null unless clients try again
 * @param tenants empty if all clients are alike
 * @param dynamics null on a plateau
 * @param healthz response times of probes that never pass the gate; null if none were sent
 * @param pauses how late a thread of the load generator woke from sleeps of a millisecond; null
 *     before format 6, and if simulated
 * @param figures every other figure that the load generator measured, by the title of its metric;
 *     empty before format 7, and if simulated
 */
public record ClientSide(
    double windowSeconds,
    double offeredPerSecond,
    double goodputPerSecond,
    Outcomes outcomes,
    Latency admittedLatency,
    Latency shedLatency,
    @Nullable Attempts attempts,
    List<TenantResult> tenants,
    @Nullable Dynamics dynamics,
    @Nullable Latency healthz,
    @Nullable Latency pauses,
    Map<String, Double> figures) {
  /** Of a cell that failed. */
  static final ClientSide NOTHING = of(0, 0, 0, Outcomes.NONE, Latency.NONE, Latency.NONE);

  /** Of clients that are all alike and try once, on a plateau; the rates follow from the counts. */
  public static ClientSide of(
      double windowSeconds, Outcomes outcomes, Latency admitted, Latency shed) {
    return of(
        windowSeconds,
        outcomes.total() / windowSeconds,
        outcomes.good() / windowSeconds,
        outcomes,
        admitted,
        shed);
  }

  /** The same, if the rates are known more exactly than from the counts. */
  public static ClientSide of(
      double windowSeconds,
      double offeredPerSecond,
      double goodputPerSecond,
      Outcomes outcomes,
      Latency admitted,
      Latency shed) {
    return new ClientSide(
        windowSeconds,
        offeredPerSecond,
        goodputPerSecond,
        outcomes,
        admitted,
        shed,
        null,
        List.of(),
        null,
        null,
        null,
        Map.of());
  }

  /** The same with the results that only some cells have. */
  public ClientSide with(
      @Nullable Attempts attempts,
      List<TenantResult> tenants,
      @Nullable Dynamics dynamics,
      @Nullable Latency healthz,
      @Nullable Latency pauses,
      Map<String, Double> figures) {
    return new ClientSide(
        windowSeconds,
        offeredPerSecond,
        goodputPerSecond,
        outcomes,
        admittedLatency,
        shedLatency,
        attempts,
        tenants,
        dynamics,
        healthz,
        pauses,
        figures);
  }

  /** Shed requests as a share of all intended ones. */
  public double shedShare() {
    return outcomes.total() == 0 ? 0 : (double) outcomes.shed() / outcomes.total();
  }
}
