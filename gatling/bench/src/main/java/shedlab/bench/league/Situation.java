package shedlab.bench.league;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import shedlab.bench.experiment.StrategyTemplate;
import shedlab.bench.setting.Schema;
import shedlab.bench.simulation.SimulatedLoad;
import shedlab.load.DrawnRequests;
import shedlab.report.league.Facts;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategies;
import shedlab.strategy.Strategy;

/**
 * A simulated server with its clients, on which strategies are compared.
 *
 * @param group situations of one kind
 * @param name the group, then what differs within it; unique
 * @param load the server and its load
 * @param seeds how many; the arrivals of a seed are the same for every strategy
 * @param text everything that is set, in one line
 */
public record Situation(String group, String name, SimulatedLoad load, int seeds, String text) {

  /** Looked up once, and each text is read once: most situations ask for the same strategies. */
  private static final class Registry {
    private static final Strategies INSTALLED = Strategies.installed();
    private static final Map<String, Strategy> READ = new ConcurrentHashMap<>();
  }

  /** The seeds themselves. */
  public LongStream seedValues() {
    long base = load.settings().get(Schema.SEED) * 31L + Double.hashCode(load.load());
    return LongStream.range(0, seeds).map(i -> base * 31L + i + 1);
  }

  /** What every strategy is asked for: the requests of each seed. */
  List<DrawnRequests> drawnRequests() {
    return seedValues().mapToObj(load::requests).toList();
  }

  /**
   * A strategy for this server.
   *
   * @throws SpecException if its text breaks a rule here
   */
  public Strategy strategy(String template) {
    return Registry.READ.computeIfAbsent(written(template), Registry.INSTALLED::parse);
  }

  /** The text of a strategy for this server, with everything filled in. */
  String written(String template) {
    return StrategyTemplate.withCapacity(
        new StrategyTemplate(load.settings(), load.cores()).fill(template),
        load.capacityPerSecond());
  }

  /** Seconds of simulated time times requests per second: what a run costs, about. */
  public double requests() {
    return seeds * load.profile().expectedArrivals();
  }

  /** For the files. */
  Facts facts() {
    List<Double> ceilings =
        seedValues().mapToObj(seed -> new Ceiling(load, load.requests(seed)).share()).toList();
    return new Facts(
        name,
        group,
        load.cores(),
        load.settings().get(Schema.WORKERS_PER_CPU),
        load.settings().get(Schema.TASK).toNanos() / 1e6,
        load.settings().get(Schema.DEADLINE).toNanos() / 1e6,
        load.settings().get(Schema.SERVICE_LAW),
        load.load(),
        ceilings);
  }
}
