package shedlab.report.league;

import java.util.List;

/**
 * A situation of the league: a simulated server with its clients.
 *
 * @param name unique: its group, then what differs within the group
 * @param group situations of one kind, such as {@code plateaus}
 * @param cores of the server
 * @param workersPerCore threads that share a core
 * @param taskMillis CPU time of a mean request
 * @param deadlineMillis up to which an answer is of use
 * @param law how requests differ in size
 * @param load in multiples of the capacity; of a course, its phase of 1
 * @param ceilings goodput that no strategy can exceed which does not know the sizes of requests, in
 *     capacities, for each seed
 */
public record Facts(
    String name,
    String group,
    int cores,
    int workersPerCore,
    double taskMillis,
    double deadlineMillis,
    String law,
    double load,
    List<Double> ceilings) {
  /** Copies the list. */
  public Facts {
    ceilings = List.copyOf(ceilings);
  }

  /** The ceiling, over the seeds. */
  public double ceiling() {
    return ceilings.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** The task as a share of the deadline. */
  public double taskShare() {
    return taskMillis / deadlineMillis;
  }
}
