package shedlab.bench.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Plan;
import shedlab.bench.run.Jobs;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.result.Result;
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
    String server = measured.experiment().servers().get(0);
    for (String strategy : measured.strategies()) {
      Map<Double, Double> byLoad = new TreeMap<>();
      for (Plan.Group group : measured.until(1).groups()) {
        group.cells().stream()
            .filter(cell -> cell.server().equals(server) && cell.strategy().equals(strategy))
            .filter(cell -> cell.variant().isEmpty())
            .forEach(cell -> simulated.share(cell).ifPresent(s -> byLoad.put(cell.load(), s)));
      }
      if (!byLoad.isEmpty()) {
        shares.put(strategy, byLoad);
      }
    }
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
    SimulatedLoad load = load(cell);
    double capacity = load.capacityPerSecond();
    Strategy strategy = Strategies.installed().parse(plan.filled(cell, capacity));
    return load.simulation(strategy, Jobs.seed(plan.experiment(), cell))
        .interval(SimulatedCourse.ROW)
        .run();
  }

  private SimulatedLoad load(Cell cell) {
    return new SimulatedLoad(plan.experiment().of(cell.variant()), cores, cell.load());
  }
}
