package shedlab.bench.run;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.setting.FleetKeys;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.simulation.model.Balancer;
import shedlab.simulation.theory.LossSystem;
import shedlab.strategy.Strategies;

/** What queueing theory says a strategy must shed, where it has a formula for any service law. */
public final class Prediction {
  private Prediction() {}

  /**
   * What a cell must shed; null where there is no formula, as for all but plain Poisson plateaus.
   */
  public static @Nullable Double shedShare(Cell cell, Experiment experiment, int cpus) {
    Settings settings = experiment.of(cell.variant());
    boolean poisson = settings.text(Schema.ARRIVALS).equals("poisson");
    return poisson && Validity.plateau(experiment, settings) && apart(settings, cpus)
        ? shedShare(
            cell.strategy(),
            FleetKeys.cpusOfEach(settings, cpus),
            Validity.workPerRequest(settings) * cell.load())
        : null;
  }

  /**
   * A Poisson process that is split at random is Poisson again, so that each server of a fleet is a
   * loss system of its own, if it has cores of its own.
   */
  private static boolean apart(Settings settings, int cpus) {
    return settings
        .get(FleetKeys.FLEET)
        .map(fleet -> fleet.balance() == Balancer.RANDOM && fleet.divides(cpus))
        .orElse(true);
  }

  /** Under Poisson arrivals at {@code load} times the capacity; null where there is no formula. */
  static @Nullable Double shedShare(String strategy, int cpus, double load) {
    OptionalInt permits = Strategies.installed().composition(strategy).lossSystemPermits();
    return permits.isPresent() ? LossSystem.shedShare(cpus, permits.getAsInt(), load * cpus) : null;
  }
}
