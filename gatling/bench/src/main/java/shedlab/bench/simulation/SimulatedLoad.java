package shedlab.bench.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import shedlab.bench.setting.Course;
import shedlab.bench.setting.FleetKeys;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.ServerKeys;
import shedlab.bench.setting.Settings;
import shedlab.load.DrawnRequests;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.simulation.Simulation;
import shedlab.simulation.model.ClientModel;
import shedlab.simulation.model.HostModel;
import shedlab.simulation.model.Incident;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.model.Tenant;
import shedlab.strategy.Strategy;

/**
 * A load on a server that is nothing but cores, workers and the production gate.
 *
 * @param load in multiples of the capacity
 * @param refusalShare CPU time of a refusal, as a share of a task's
 * @param host what else the server's program does
 */
public record SimulatedLoad(
    Settings settings, int cores, double load, double refusalShare, HostModel host) {
  /** On a server that does nothing but requests, and refuses them at no cost. */
  public SimulatedLoad(Settings settings, int cores, double load) {
    this(settings, cores, load, 0, HostModel.IDEAL);
  }

  /** The same with other settings. */
  public SimulatedLoad with(Settings others) {
    return new SimulatedLoad(others, cores, load, refusalShare, host);
  }

  /** The size of a task, in units of a microsecond. */
  private int taskUnits() {
    return (int) (settings.get(Schema.TASK).toNanos() / 1_000);
  }

  /** What 1x is: tasks that the cores can do per second. */
  public double capacityPerSecond() {
    return ServerModel.of(cores).capacityPerSecond(taskUnits());
  }

  /** The server, or each of a fleet. */
  public ServerModel server() {
    ServerModel whole =
        ServerModel.of(cores)
            .withWorkers(settings.get(Schema.WORKERS_PER_CPU) * cores)
            .withRejectCost(Duration.ofNanos(Math.round(refusalShare * taskUnits() * 1_000)))
            .withRetryAfter(settings.get(ServerKeys.RETRY_AFTER))
            .withHost(host);
    return settings.get(FleetKeys.FLEET).map(fleet -> fleet.each(whole)).orElse(whole);
  }

  /** How requests differ in size. */
  public ServiceLaw law() {
    int units = (int) Math.max(1, Math.round(settings.get(Schema.WORK) * taskUnits()));
    return ServiceLaw.parse(settings.get(Schema.SERVICE_LAW), units);
  }

  /** First tries per second. */
  public LoadProfile profile() {
    return Course.profile(settings, load * capacityPerSecond());
  }

  /** What goes wrong. */
  public List<Incident> incidents() {
    Duration leadIn = settings.get(Schema.LEAD_IN);
    List<Incident> all = new ArrayList<>();
    settings.get(Schema.CAPACITY_DROP).ifPresent(drop -> all.add(drop.after(leadIn)));
    settings.get(Schema.SLOWDOWN).ifPresent(slow -> all.add(slow.after(leadIn)));
    return all;
  }

  /** Who asks. */
  ClientModel clients() {
    ClientModel model =
        ClientModel.impatient(settings.get(Schema.TIMEOUT))
            .retrying(settings.get(Schema.RETRY).value());
    ClientModel told = settings.get(Schema.TELLS_DEADLINE) ? model.tellingDeadline() : model;
    return settings.get(Schema.DISCONNECT) ? told.cancelling() : told;
  }

  /** The first tries of a seed, for the simulations of any number of strategies. */
  public DrawnRequests requests(long seed) {
    return DrawnRequests.of(settings.get(Schema.ARRIVALS), profile(), law(), seed);
  }

  /** A simulation that is ready to run with these requests of this load. */
  public Simulation simulation(Strategy strategy, DrawnRequests drawn) {
    return simulation(strategy, drawn.seed()).requests(drawn);
  }

  /** A simulation that is ready to run, without a time series. */
  public Simulation simulation(Strategy strategy, long seed) {
    Simulation simulation =
        Simulation.of(strategy, server(), law())
            .load(profile())
            .arrivals(settings.get(Schema.ARRIVALS))
            .clients(clients())
            .leadIn(settings.get(Schema.LEAD_IN))
            .deadline(settings.get(Schema.DEADLINE))
            .incidents(incidents())
            .seed(seed);
    settings
        .get(FleetKeys.FLEET)
        .ifPresent(fleet -> simulation.fleet(fleet.servers(), fleet.balance()));
    settings
        .get(FleetKeys.KILL)
        .ifPresent(kill -> simulation.kill(kill.after(settings.get(Schema.LEAD_IN))));
    List<Tenant> tenants = settings.get(Schema.TENANTS);
    return tenants.isEmpty() ? simulation : simulation.tenants(tenants);
  }
}
