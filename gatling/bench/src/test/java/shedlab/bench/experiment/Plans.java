package shedlab.bench.experiment;

import java.util.List;
import shedlab.bench.host.KnownStrategy;
import shedlab.strategy.Strategies;

/**
 * Plans with built-in strategies, which every server can run, made without the servers'
 * distribution.
 */
public final class Plans {
  private Plans() {}

  public static Plan of(Experiment experiment, int cpus) {
    return Plan.of(experiment, cpus, true, Plans::known);
  }

  private static List<KnownStrategy> known(List<String> texts) {
    return texts.stream()
        .map(text -> Strategies.builtIn().parse(text).toString())
        .map(text -> new KnownStrategy(text, List.of("undertow", "jetty", "netty")))
        .toList();
  }
}
