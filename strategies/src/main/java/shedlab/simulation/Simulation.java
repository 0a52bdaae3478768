package shedlab.simulation;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shedlab.load.ArrivalProcess;
import shedlab.load.DrawnRequests;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.simulation.model.Balancer;
import shedlab.simulation.model.ClientModel;
import shedlab.simulation.model.Incident;
import shedlab.simulation.model.Kill;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.model.Tenant;
import shedlab.simulation.result.Result;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategy;

/**
 * A discrete-event simulation of a strategy: the production gate, limits, backlogs and policers in
 * virtual time, under the same arrivals and sizes as the load generator sends for the same seed.
 * The same settings give the same result, bit for bit.
 *
 * <pre>{@code
 * ServiceLaw law = ServiceLaw.exponential(4_000); // units; of a microsecond unless set otherwise
 * ServerModel server = ServerModel.of(4);
 * Result result =
 *     Simulation.of(strategy, server, law)
 *         .load(LoadProfile.constant(2 * server.capacityPerSecond(law.meanUnits()), 60))
 *         .leadIn(Duration.ofSeconds(5))
 *         .deadline(Duration.ofMillis(250))
 *         .clients(ClientModel.impatient(Duration.ofSeconds(1)))
 *         .seed(1)
 *         .run();
 * }</pre>
 *
 * <p>Not thread-safe; the same object may run any number of times.
 */
public final class Simulation {
  final Strategy strategy;
  final ServerModel server;
  final ServiceLaw law;
  LoadProfile load;
  ArrivalProcess arrivals = ArrivalProcess.poisson();
  ClientModel clients = ClientModel.PATIENT;
  List<Tenant> tenants = List.of(Tenant.EVERYBODY);
  int servers = 1;
  Balancer balancer = Balancer.RANDOM;
  List<Incident> incidents = List.of();
  @Nullable Kill kill;
  long leadInNanos;
  long deadlineNanos = Duration.ofSeconds(1).toNanos();
  long intervalNanos;
  long seed = 1;
  @Nullable DrawnRequests drawn;
  Observer observer = Observer.NONE;

  private Simulation(Strategy strategy, ServerModel server, ServiceLaw law) {
    this.strategy = strategy;
    this.server = server;
    this.law = law;
    this.load = LoadProfile.constant(server.capacityPerSecond(law.meanUnits()), 60);
  }

  /** One server at its capacity for a minute, with patient clients, unless set otherwise. */
  public static Simulation of(Strategy strategy, ServerModel server, ServiceLaw law) {
    return new Simulation(strategy, server, law);
  }

  /**
   * First tries per second, for the whole fleet. The simulation ends one deadline after the
   * profile.
   */
  public Simulation load(LoadProfile profile) {
    load = profile;
    return this;
  }

  /** How first tries are spaced. */
  public Simulation arrivals(ArrivalProcess process) {
    arrivals = process;
    return this;
  }

  /** How clients behave. */
  public Simulation clients(ClientModel model) {
    clients = model;
    return this;
  }

  /** Who the clients are; at least one kind. */
  public Simulation tenants(List<Tenant> kinds) {
    SpecException.check(!kinds.isEmpty(), "tenants", kinds, "at least one");
    tenants = List.copyOf(kinds);
    return this;
  }

  /** The number of servers, each with its own gate, and how requests are spread over them. */
  public Simulation fleet(int size, Balancer by) {
    SpecException.check(size >= 1, "fleet", size, "a whole number from 1");
    servers = size;
    balancer = by;
    return this;
  }

  /** What goes wrong with the servers. */
  public Simulation incidents(List<Incident> all) {
    incidents = List.copyOf(all);
    return this;
  }

  /**
   * The first server of the fleet is killed, counted from the start. Requests in it are lost: their
   * clients hear nothing. The others get its share until a new one, which has learnt nothing, takes
   * its place.
   */
  public Simulation kill(Kill of) {
    kill = of;
    return this;
  }

  /** How much of the beginning is not measured. */
  public Simulation leadIn(Duration length) {
    SpecException.check(!length.isNegative(), "leadIn", length, "zero or more");
    leadInNanos = length.toNanos();
    return this;
  }

  /** How long after the intended start an answer is in time. */
  public Simulation deadline(Duration length) {
    SpecException.check(length.toNanos() > 0, "deadline", length, "above zero");
    deadlineNanos = length.toNanos();
    return this;
  }

  /** Asks for a time series. */
  public Simulation interval(Duration length) {
    SpecException.check(length.toNanos() > 0, "interval", length, "above zero");
    intervalNanos = length.toNanos();
    return this;
  }

  /** The seed of arrivals, sizes, tenants, pauses and a random balancer. */
  public Simulation seed(long value) {
    seed = value;
    return this;
  }

  /** The first tries of these settings, for {@link #requests}. */
  public DrawnRequests draw() {
    return DrawnRequests.of(arrivals, load, law, seed);
  }

  /**
   * First tries that were drawn before, for many runs with the same arrivals, load, law and seed.
   * They are not drawn again, and their seed is that of everything else, too.
   */
  public Simulation requests(DrawnRequests before) {
    drawn = before;
    return seed(before.seed());
  }

  /** Is called for every request. */
  public Simulation observer(Observer watching) {
    observer = watching;
    return this;
  }

  /** Runs it from the start. */
  public Result run() {
    SpecException.check(
        leadInNanos < load.seconds() * 1e9, "leadIn", leadInNanos + "ns", "shorter than the load");
    return new Run(this).result();
  }
}
