package shedlab.report.figure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import shedlab.load.ArrivalProcess;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary;
import shedlab.report.result.CpuList;
import shedlab.report.result.Manifest;
import shedlab.report.text.StrategyNames;
import shedlab.simulation.Result;
import shedlab.simulation.Simulation;
import shedlab.simulation.model.ClientModel;
import shedlab.simulation.model.ServerModel;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategies;
import shedlab.strategy.Strategy;

/**
 * The static strategies of a run on a simulated server of the same capacity: as many cores and
 * workers, refusals without cost, no HTTP. Where experiment and simulation differ, one of them
 * leaves something out.
 *
 * <p>Empty for a run that was simulated itself, or whose load changes.
 */
public final class SimulatedCurves {
  /**
   * A simulated point for a measured row.
   *
   * @param goodputShare of the capacity
   * @param shedShare of the requests
   */
  public record Point(Summary.Row row, double goodputShare, double shedShare, long p99Micros) {}

  /** Simulated requests for a whole report: well below a second of CPU time. */
  private static final double BUDGET = 200_000;

  private static final double LONGEST_SECONDS = 60;
  private static final double SHORTEST_SECONDS = 5;
  private static final double LEAD_IN_SECONDS = 3;

  private final Manifest plan;

  private SimulatedCurves(Manifest plan) {
    this.plan = plan;
  }

  /** The points, in the order of the rows. */
  public static List<Point> of(Manifest plan, Summary summary) {
    if (plan.setUp().host().equals("simulated") || !plan.plateau()) {
      return List.of();
    }
    List<Summary.Row> rows =
        summary.rows().stream()
            .filter(r -> r.hasFigures() && r.get(Metric.CAPACITY) > 0)
            .filter(r -> StrategyNames.composition(r.strategy()).learnsNothing())
            .toList();
    double perSecond = rows.stream().mapToDouble(r -> r.load() * r.get(Metric.CAPACITY)).sum();
    double seconds = Math.max(SHORTEST_SECONDS, Math.min(LONGEST_SECONDS, BUDGET / perSecond));
    var curves = new SimulatedCurves(plan);
    var points = new ArrayList<Point>();
    for (Summary.Row row : rows) {
      curves.simulated(row, Math.floor(seconds)).ifPresent(points::add);
    }
    return List.copyOf(points);
  }

  /**
   * A strategy of a plug-in that is not installed, or settings of an older format, have no point.
   */
  private Optional<Point> simulated(Summary.Row row, double seconds) {
    try {
      Strategy strategy = Strategies.installed().parse(row.strategy());
      int cores = CpuList.parse(plan.setUp().serverCpus()).size();
      // Units of a microsecond, as many as give the measured capacity.
      int units = (int) Math.max(1, Math.round(cores * 1e6 / row.get(Metric.CAPACITY)));
      ServiceLaw law = ServiceLaw.parse(setting("service-law", "deterministic"), units);
      ServerModel server = ServerModel.of(cores).withWorkers(plan.setUp().workers());
      double capacity = server.capacityPerSecond(law.meanUnits());
      Result result =
          Simulation.of(strategy, server, law)
              .load(LoadProfile.constant(row.load() * capacity, LEAD_IN_SECONDS + seconds))
              .arrivals(ArrivalProcess.parse(setting("arrivals", "poisson")))
              .clients(
                  ClientModel.impatient(Duration.ofMillis(plan.load().timeoutMillis()))
                      .cancelling())
              .leadIn(Duration.ofSeconds((long) LEAD_IN_SECONDS))
              .deadline(Duration.ofMillis(plan.load().deadlineMillis()))
              .seed(plan.seed() * 31 + Double.hashCode(row.load()))
              .run();
      double offered = Math.max(1, result.requests().offered());
      return Optional.of(
          new Point(
              row,
              result.goodputPerSecond() / capacity,
              result.requests().shed() / offered,
              result.admittedLatency().p99() / 1_000));
    } catch (SpecException e) {
      return Optional.empty();
    }
  }

  private String setting(String key, String otherwise) {
    return plan.settings().getOrDefault(key, otherwise).toLowerCase(java.util.Locale.ROOT);
  }
}
