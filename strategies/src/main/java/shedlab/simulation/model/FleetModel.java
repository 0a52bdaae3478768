package shedlab.simulation.model;

import java.time.Duration;
import java.util.Optional;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.Spec;

/**
 * Servers behind a proxy, each with a gate of its own, on the cores of one machine.
 *
 * @param servers how many
 * @param proxy what stands in front of them; the simulator has none
 * @param balance which of them gets the next request
 */
public record FleetModel(int servers, Proxy proxy, Balancer balance) {
  private static final Parameter<Integer> SERVERS =
      Parameter.integer("servers", "how many", 2, 16).defaultsTo(3);
  private static final Parameter<Proxy> PROXY =
      Parameter.choice("proxy", "in front of them", Proxy.class).defaultsTo(Proxy.HAPROXY);
  private static final Parameter<Balancer> BALANCE =
      Parameter.choice("balance", "who is next", Balancer.class).defaultsTo(Balancer.ROUND_ROBIN);
  private static final Definition<FleetModel> FORM =
      new Definition<>("fleet", "", "-", FleetModel::of, SERVERS, PROXY, BALANCE);

  /** A program that spreads requests over servers. */
  public enum Proxy {
    HAPROXY,
    NGINX
  }

  private static FleetModel of(Spec spec) {
    return new FleetModel(spec.get(SERVERS), spec.get(PROXY), spec.get(BALANCE));
  }

  /**
   * Reads {@code servers=3,proxy=haproxy,balance=round-robin}, in which some may be missing;
   * nothing for {@code none} or an empty text.
   *
   * @throws shedlab.spec.SpecException for an unknown key, or a value against its rule
   */
  public static Optional<FleetModel> read(String text) {
    return text.isEmpty() || text.equals("none")
        ? Optional.empty()
        : Optional.of(FORM.make(FORM.parse(text)));
  }

  /** Whether each server has cores of its own, of so many; else all of them share all cores. */
  public boolean divides(int cores) {
    return cores % servers == 0;
  }

  /** How many cores a server sees. */
  public int coresOfEach(int cores) {
    return divides(cores) ? cores / servers : cores;
  }

  /**
   * Each server of the fleet, if all of them together have the cores of {@code whole}. Of cores
   * that they share, each has its part of the time: what one leaves idle, the others do not get.
   */
  public ServerModel each(ServerModel whole) {
    ServerModel one =
        new ServerModel(
            coresOfEach(whole.cores()),
            divides(whole.cores()) ? Math.max(1, whole.workers() / servers) : whole.workers(),
            whole.unitNanos(),
            whole.rejectCost(),
            whole.retryAfter(),
            whole.tick(),
            whole.host());
    Duration refusal = whole.rejectCost().multipliedBy(servers);
    return divides(whole.cores())
        ? one
        : one.withUnitNanos(whole.unitNanos() * servers).withRejectCost(refusal);
  }

  /** The canonical text; {@link #read} reads it back. */
  @Override
  public String toString() {
    return SERVERS.at(servers) + "," + PROXY.at(proxy) + "," + BALANCE.at(balance);
  }
}
