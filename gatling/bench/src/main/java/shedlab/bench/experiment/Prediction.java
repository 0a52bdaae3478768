package shedlab.bench.experiment;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shedlab.simulation.theory.LossSystem;

/** What queueing theory says a strategy must shed, where it says something for any service law. */
final class Prediction {
  private static final Pattern SEMAPHORE = Pattern.compile("fixed:limit=([0-9]+)");

  private Prediction() {}

  /** What a cell must shed; null where theory is silent, as on all but plain Poisson plateaus. */
  static @Nullable Double shedShare(Cell cell, Experiment experiment, int cpus) {
    Settings settings = experiment.of(cell.variant());
    boolean poisson = settings.get(Setting.ARRIVALS).equals("poisson");
    return poisson && Validity.plateau(experiment, settings)
        ? shedShare(cell.strategy(), cpus, Validity.workPerRequest(settings) * cell.load())
        : null;
  }

  /** Under Poisson arrivals at {@code load} times the capacity; null where theory is silent. */
  static @Nullable Double shedShare(String strategy, int cpus, double load) {
    Matcher semaphore = SEMAPHORE.matcher(strategy);
    return semaphore.matches()
        ? LossSystem.shedShare(cpus, Integer.parseInt(semaphore.group(1)), load * cpus)
        : null;
  }
}
