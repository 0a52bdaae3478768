package shedlab.bench.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.experiment.Plan;
import shedlab.bench.run.Jobs;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.load.ServiceLaw;
import shedlab.simulation.Result;
import shedlab.simulation.Simulation;
import shedlab.simulation.model.ClientModel;
import shedlab.simulation.model.Incident;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.model.Tenant;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategies;
import shedlab.strategy.Strategy;

/** A server that is nothing but cores, workers and the production gate, on which cells can run. */
public record SimulatedServer(Plan plan, int cores) {
  /** The size of a task, in units of a microsecond. */
  int taskUnits() {
    return (int) (plan.experiment().task().toNanos() / 1_000);
  }

  double capacityPerSecond() {
    return ServerModel.of(cores).capacityPerSecond(taskUnits());
  }

  /**
   * What a measured run should show if servers were nothing but cores and workers: by strategy and
   * load, the goodput of the plain variant as a share of the capacity. Without the strategies that
   * the simulator does not know.
   */
  public static Map<String, Map<Double, Double>> forecast(Plan measured) {
    var simulated = new SimulatedServer(measured, measured.cpus());
    Map<String, Map<Double, Double>> shares = new LinkedHashMap<>();
    measured.strategies().forEach(strategy -> shares.put(strategy, new TreeMap<>()));
    String server = measured.experiment().servers().get(0);
    for (Plan.Group group : measured.until(1).groups()) {
      for (Cell cell : group.cells()) {
        if (cell.server().equals(server) && cell.variant().isEmpty()) {
          simulated
              .share(cell)
              .ifPresent(share -> shares.get(cell.strategy()).put(cell.load(), share));
        }
      }
    }
    shares.values().removeIf(Map::isEmpty);
    return shares;
  }

  private Optional<Double> share(Cell cell) {
    try {
      return Optional.of(run(cell).goodputPerSecond() / capacityPerSecond());
    } catch (SpecException e) { // a strategy of a server alone
      return Optional.empty();
    }
  }

  /** Simulates a cell. */
  Result run(Cell cell) {
    Experiment experiment = plan.experiment();
    Settings settings = experiment.of(cell.variant());
    int units = (int) Math.max(1, Math.round(settings.get(Schema.WORK) * taskUnits()));
    ServiceLaw law = ServiceLaw.parse(settings.get(Schema.SERVICE_LAW), units);
    ServerModel server = ServerModel.of(cores).withWorkers(plan.workers(cell.variant()));
    double capacity = server.capacityPerSecond(taskUnits());
    Strategy strategy = Strategies.installed().parse(Plan.filled(cell.strategy(), capacity));
    Simulation simulation =
        Simulation.of(strategy, server, law)
            .load(Jobs.profile(experiment, cell.load() * capacity))
            .arrivals(settings.get(Schema.ARRIVALS))
            .clients(clients(settings))
            .leadIn(experiment.leadIn())
            .deadline(experiment.deadline())
            .seed(Jobs.seed(experiment, cell));
    List<Tenant> tenants = settings.get(Schema.TENANTS);
    if (!tenants.isEmpty()) {
      simulation.tenants(tenants);
    }
    simulation.incidents(incidents(settings, experiment.leadIn())).interval(SimulatedRun.ROW);
    return simulation.run();
  }

  /** What goes wrong. */
  private static List<Incident> incidents(Settings settings, Duration leadIn) {
    List<Incident> all = new ArrayList<>();
    settings.get(Schema.CAPACITY_DROP).ifPresent(drop -> all.add(drop.after(leadIn)));
    settings.get(Schema.SLOWDOWN).ifPresent(slow -> all.add(slow.after(leadIn)));
    return all;
  }

  static ClientModel clients(Settings settings) {
    ClientModel model =
        ClientModel.impatient(settings.get(Schema.TIMEOUT))
            .retrying(settings.get(Schema.RETRY).value());
    ClientModel told = settings.get(Schema.TELLS_DEADLINE) ? model.tellingDeadline() : model;
    return settings.get(Schema.DISCONNECT) ? told.cancelling() : told;
  }
}
