package shedlab.report.raw;

import java.util.List;
import shedlab.simulation.model.Retry;
import shedlab.simulation.model.Tenant;

/**
 * The behaviour of clients: whether they try again, how they leave, and which kinds there are.
 *
 * @param retry text of {@link Retry#parse}
 * @param disconnects whether a client that gives up closes its connection; if not, the answer still
 *     comes and is ignored
 * @param newConnections whether every request has its own connection, closed after it
 * @param tellsDeadline whether requests carry their deadline
 * @param tenants kinds of clients; empty if all are alike
 * @param slowdownSecond second of the profile from which on tasks are {@code slowdownFactor} times
 *     as large
 */
public record ClientBehaviour(
    String retry,
    boolean disconnects,
    boolean newConnections,
    boolean tellsDeadline,
    List<Tenant> tenants,
    double slowdownSecond,
    double slowdownFactor) {

  /** One try each, over kept connections, by clients that are all alike. */
  public static final ClientBehaviour PLAIN =
      new ClientBehaviour("none", true, false, false, List.of(), 0, 1);

  /** Throws {@link IllegalArgumentException} with {@code key: value (expected: rule)}. */
  public ClientBehaviour {
    tenants = List.copyOf(tenants);
    boolean once = Retry.parse(retry).tries() == 1;
    check(
        disconnects || once,
        "retry",
        retry,
        "none, since a client that stays connected is still waiting");
    check(slowdownSecond >= 0, "slowdownSecond", slowdownSecond, "0 or more");
    check(
        slowdownFactor > 0 && slowdownFactor <= 100,
        "slowdownFactor",
        slowdownFactor,
        "above 0 and at most 100");
    long names = tenants.stream().map(Tenant::name).distinct().count();
    check(names == tenants.size(), "tenants", tenants, "each name once");
  }

  /** True if a request may be sent more than once. */
  public boolean retries() {
    return Retry.parse(retry).tries() > 1;
  }

  private static void check(boolean ok, String key, Object value, String rule) {
    if (!ok) {
      throw new IllegalArgumentException(key + ": " + value + " (expected: " + rule + ")");
    }
  }
}
