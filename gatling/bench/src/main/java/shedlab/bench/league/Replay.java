package shedlab.bench.league;

import java.util.HashMap;
import java.util.Map;
import shedlab.bench.run.Jobs;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.bench.simulation.SimulatedLoad;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.strategy.Strategies;

/**
 * A measured cell once more on a simulated server: the same strategy, and the same arrivals and
 * sizes, on cores that can do as much as was calibrated. In some hundred requests chance alone
 * makes ten points; what is left is between the server and the simulator.
 */
final class Replay {
  private final Manifest run;
  private final int cpus;

  /** Cells of a run on so many CPUs. */
  Replay(Manifest run, int cpus) {
    this.run = run;
    this.cpus = cpus;
  }

  /** The goodput of a cell as it would be in the simulator, in capacities. */
  double share(CellResult cell) {
    Map<String, String> keys = new HashMap<>(run.settings());
    keys.put(Schema.TASK.key(), Math.round(1e6 * cpus / cell.capacityPerSecond()) + "us");
    SimulatedLoad load = new SimulatedLoad(Settings.of(keys), cpus, cell.load());
    long seed = Jobs.seed(run.seed(), cell.load(), cell.key().repeat());
    var strategy = Strategies.installed().parse(cell.key().strategy());
    return load.simulation(strategy, seed).run().goodputPerSecond() / load.capacityPerSecond();
  }
}
