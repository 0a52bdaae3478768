package shedlab.bench.experiment;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import shedlab.bench.host.KnownStrategy;
import shedlab.strategy.Strategies;

/**
 * Plans with built-in strategies, which every server can run, made without the servers'
 * distribution.
 */
public final class Plans {
  private Plans() {}

  public static Plan of(Experiment experiment, int cpus) {
    return of(experiment, cpus, Map.of());
  }

  /** With servers that are not ours, by their own strategies. */
  public static Plan of(Experiment experiment, int cpus, Map<String, List<String>> targets) {
    Map<String, List<String>> those = new TreeMap<>(targets);
    those.keySet().retainAll(experiment.servers());
    return Plan.of(experiment, cpus, Integer.MAX_VALUE, Plans::known, those, Map.of());
  }

  private static List<KnownStrategy> known(List<String> texts) {
    return texts.stream()
        .map(text -> Strategies.builtIn().parse(text).toString())
        .map(text -> new KnownStrategy(text, List.of("undertow", "jetty", "netty")))
        .toList();
  }
}
