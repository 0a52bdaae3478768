package shedlab.bench.advise;

import java.util.List;
import java.util.function.ToLongFunction;
import shedlab.report.statistics.Difference;
import shedlab.simulation.result.Counts;
import shedlab.strategy.Strategies;
import shedlab.strategy.Strategy;

/**
 * What would have become of the requests of a log under a strategy: shares of all, means over the
 * seeds of the sizes with their 95 % intervals. The arrivals are those of the log in every seed.
 */
record Forecast(Difference inTime, Difference late, Difference refused, Difference gaveUp) {

  /** Simulates it. */
  static Forecast of(Trial trial, String text) {
    Strategy strategy = Strategies.installed().parse(text);
    List<Counts> counts =
        trial.situation().seedValues().boxed().toList().parallelStream()
            .map(seed -> trial.situation().load().simulation(strategy, seed).run().requests())
            .toList();
    return new Forecast(
        share(counts, Counts::good),
        share(counts, Counts::late),
        share(counts, Counts::shed),
        share(counts, each -> each.abandoned() + each.inSystem()));
  }

  private static Difference share(List<Counts> counts, ToLongFunction<Counts> part) {
    return Difference.mean(
        counts.stream()
            .mapToDouble(each -> (double) part.applyAsLong(each) / Math.max(1, each.offered()))
            .toArray());
  }
}
