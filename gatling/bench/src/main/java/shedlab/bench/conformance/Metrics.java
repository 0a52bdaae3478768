package shedlab.bench.conformance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shedlab.bench.control.PrometheusText;

/**
 * What a target has counted.
 *
 * @param sums of each name's samples, whatever their labels
 */
record Metrics(Map<String, Double> sums) {
  static final String RECEIVED = "shedlab_received_total";
  static final String ADMITTED = "shedlab_admitted_total";
  static final String COMPLETED = "shedlab_completed_total";
  static final String SHED = "shedlab_shed_total";

  private static final List<String> NAMES = List.of(RECEIVED, ADMITTED, COMPLETED, SHED);

  Metrics {
    sums = Map.copyOf(sums);
  }

  static Metrics of(String text) {
    Map<String, Double> sums = new HashMap<>();
    PrometheusText.samples(text)
        .forEach((name, value) -> sums.merge(name.split("\\{", 2)[0], value, Double::sum));
    return new Metrics(sums);
  }

  /** Those names of the contract that are not there. */
  List<String> missing() {
    return NAMES.stream().filter(name -> !sums.containsKey(name)).toList();
  }

  /** How much a count has grown; 0 if it is not there. */
  long grownSince(Metrics earlier, String name) {
    return Math.round(sums.getOrDefault(name, 0.0) - earlier.sums.getOrDefault(name, 0.0));
  }
}
