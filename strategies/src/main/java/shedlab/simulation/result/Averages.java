package shedlab.simulation.result;

/**
 * Means over a span of simulated time.
 *
 * @param seconds length of the span
 * @param waiting time average, all servers together
 * @param inflight time average, all servers together
 * @param limit per server; NaN for no limit
 * @param cpuShare of all cores of all servers, refusals included
 * @param waitNanos queue delay of the tries admitted
 * @param elapsedNanos admission to completion of the tries completed
 */
public record Averages(
    double seconds,
    double waiting,
    double inflight,
    double limit,
    double cpuShare,
    double waitNanos,
    double elapsedNanos) {

  /** Anything that has averages; gives each by its name. */
  public interface Known {
    /** All of them. */
    Averages averages();

    /** Queue delay of the tries admitted. */
    default double meanWaitNanos() {
      return averages().waitNanos;
    }

    /** Admission to completion of the tries completed. */
    default double meanElapsedNanos() {
      return averages().elapsedNanos;
    }

    /** Per server; NaN for no limit. */
    default double meanLimit() {
      return averages().limit;
    }

    /** Time average, all servers together. */
    default double meanInflight() {
      return averages().inflight;
    }

    /** Time average, all servers together. */
    default double meanWaiting() {
      return averages().waiting;
    }

    /** Share of all cores of all servers, refusals included. */
    default double cpuShare() {
      return averages().cpuShare;
    }
  }
}
