package shedlab.bench.conformance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prometheus text, as far as it can be read: lines that are no samples are passed over.
 *
 * @param sums of each name's samples, whatever their labels
 */
record Metrics(Map<String, Double> sums) {
  static final String RECEIVED = "shedlab_received_total";
  static final String ADMITTED = "shedlab_admitted_total";
  static final String COMPLETED = "shedlab_completed_total";
  static final String SHED = "shedlab_shed_total";

  private static final List<String> NAMES = List.of(RECEIVED, ADMITTED, COMPLETED, SHED);
  private static final Pattern SAMPLE =
      Pattern.compile("([A-Za-z_:][\\w:]*)(?:\\{[^\\n]*\\})?\\s+([-+\\d.eE]{1,30})(?:\\s+-?\\d+)?");

  Metrics {
    sums = Map.copyOf(sums);
  }

  static Metrics of(String text) {
    Map<String, Double> sums = new HashMap<>();
    for (String line : text.split("\r?\n", -1)) {
      Matcher sample = SAMPLE.matcher(line.strip());
      if (sample.matches()) {
        try {
          sums.merge(sample.group(1), Double.valueOf(sample.group(2)), Double::sum);
        } catch (NumberFormatException e) {
          // No sample; whoever asks for the name is told that it is missing.
        }
      }
    }
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
