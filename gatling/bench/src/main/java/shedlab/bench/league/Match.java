package shedlab.bench.league;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import shedlab.bench.run.Disturbance;
import shedlab.bench.setting.Schema;
import shedlab.bench.simulation.SimulatedCourse;
import shedlab.load.DrawnRequests;
import shedlab.report.league.Contender;
import shedlab.report.league.Score;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.Reaction;
import shedlab.simulation.Simulation;
import shedlab.simulation.model.Tenant;
import shedlab.simulation.result.Counts;
import shedlab.simulation.result.Result;
import shedlab.strategy.Strategy;

/** A contender in a situation. */
public record Match(Contender contender, Situation situation, String content) {

  /** Simulates it with every seed. */
  public Score play() {
    return play(situation.drawnRequests());
  }

  /**
   * Simulates it with every seed.
   *
   * @param requests the situation's, which all of its matches may share
   */
  Score play(List<DrawnRequests> requests) {
    Strategy strategy = situation.strategy(contender.template());
    List<Result> results = requests.stream().map(each -> result(strategy, each)).toList();
    return new Score(
        contender.name(),
        situation.name(),
        results.stream()
            .map(result -> result.goodputPerSecond() / situation.load().capacityPerSecond())
            .toList(),
        mean(results.stream().mapToDouble(Result::falseShedShare)),
        mean(
            results.stream()
                .filter(result -> result.admittedLatency().count() > 0)
                .mapToDouble(result -> result.admittedLatency().p99() / 1e6)),
        mean(results.stream().mapToDouble(Match::waste)),
        recovery(results),
        urgent(results),
        content);
  }

  private Result result(Strategy strategy, DrawnRequests requests) {
    Simulation simulation = situation.load().simulation(strategy, requests);
    return disturbance().isPresent()
        ? simulation.interval(SimulatedCourse.ROW).run()
        : simulation.run();
  }

  private Optional<Disturbance> disturbance() {
    return Disturbance.of(situation.load().settings(), situation.load().load());
  }

  private static double waste(Result result) {
    long admitted = result.tries().admitted();
    return admitted == 0 ? 0 : Math.max(0, 1 - (double) result.requests().good() / admitted);
  }

  /** The mean over the seeds; null if one of them never recovered, or there was nothing to. */
  private @Nullable Double recovery(List<Result> results) {
    Optional<Disturbance> disturbance = disturbance();
    if (disturbance.isEmpty()) {
      return null;
    }
    List<Double> seconds = new ArrayList<>();
    for (Result result : results) {
      ClientCsv course = new SimulatedCourse(result.series(), situation.load().cores(), 1).client();
      Double recovery =
          Reaction.of(
                  course,
                  situation.load().capacityPerSecond(),
                  situation.load().settings().get(Schema.DEADLINE).toMillis(),
                  disturbance.get().from(),
                  disturbance.get().to())
              .recoverySeconds();
      if (recovery == null) {
        return null;
      }
      seconds.add(recovery);
    }
    return mean(seconds.stream().mapToDouble(Double::doubleValue));
  }

  private @Nullable Double urgent(List<Result> results) {
    List<Tenant> tenants = situation.load().settings().get(Schema.TENANTS);
    int most = tenants.stream().mapToInt(Tenant::urgency).min().orElse(0);
    int least = tenants.stream().mapToInt(Tenant::urgency).max().orElse(0);
    if (most == least) {
      return null;
    }
    long good = 0;
    long offered = 0;
    for (Result result : results) {
      for (int i = 0; i < tenants.size(); i++) {
        if (tenants.get(i).urgency() == most) {
          Counts counts = result.byTenant().get(i);
          good += counts.good();
          offered += counts.offered();
        }
      }
    }
    return offered == 0 ? null : (double) good / offered;
  }

  private static double mean(DoubleStream values) {
    return values.average().orElse(Double.NaN);
  }
}
