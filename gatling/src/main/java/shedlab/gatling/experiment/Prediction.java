package shedlab.gatling.experiment;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shedlab.simulation.theory.LossSystem;

/** What queueing theory says a strategy must shed, where it says something for any service law. */
final class Prediction {
  private static final Pattern SEMAPHORE = Pattern.compile("fixed:limit=([0-9]+)");

  private Prediction() {}

  /** Under Poisson arrivals at {@code load} times the capacity; null where theory is silent. */
  static @Nullable Double shedShare(String strategy, int cpus, double load) {
    Matcher semaphore = SEMAPHORE.matcher(strategy);
    return semaphore.matches()
        ? LossSystem.shedShare(cpus, Integer.parseInt(semaphore.group(1)), load * cpus)
        : null;
  }
}
