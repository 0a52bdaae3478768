package shedlab.jmh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.statistics.descriptive.Median;
import org.jspecify.annotations.Nullable;
import shedlab.spec.SpecException;

/** What {@code jmh.json} holds: JMH's own format, one fork per round. */
final class Measurements {
  /**
   * A figure for each fork, in the order of the rounds.
   *
   * @param cpuShares share of a CPU that the thread had; empty where it is not measured
   */
  record Forks(List<Double> nanos, List<Double> bytes, List<Double> cpuShares) {}

  private record Key(String name, int threads) {}

  private final Map<Key, Forks> all = new LinkedHashMap<>();
  private final Map<String, String> remarks = new TreeMap<>();
  private String machine = "";

  private Measurements() {}

  /**
   * @throws IOException if the file cannot be read, or is no result of JMH
   */
  static Measurements read(Path file) throws IOException {
    JsonNode root = new ObjectMapper().readTree(file.toFile());
    Measurements measurements = new Measurements();
    if (root == null || !root.isArray() || root.isEmpty()) {
      throw new IOException(
          SpecException.message(file.toString(), "no results", "a jmh.json that make jmh wrote"));
    }
    for (JsonNode result : root) {
      measurements.add(result);
    }
    return measurements;
  }

  private void add(JsonNode result) {
    String benchmark = result.path("benchmark").asText();
    StringBuilder name = new StringBuilder(benchmark.substring("shedlab.jmh.".length()));
    result.path("params").forEach(value -> name.append(' ').append(value.asText()));
    JsonNode others = result.path("secondaryMetrics");
    all.put(
        new Key(name.toString(), result.path("threads").asInt()),
        new Forks(
            medians(result.path("primaryMetric")),
            medians(others.path("gc.alloc.rate.norm")),
            medians(others.path("cpuShare"))));
    machine = "JDK " + result.path("jdkVersion").asText();
    for (JsonNode argument : result.path("jvmArgs")) {
      String[] remark = argument.asText().replaceFirst("^-Dshedlab\\.", "").split("=", 2);
      if (argument.asText().startsWith("-Dshedlab.") && remark.length == 2) {
        remarks.put(remark[0], remark[1]);
      }
    }
  }

  /** The median of the iterations of each fork. */
  private static List<Double> medians(JsonNode metric) {
    return stream(metric.path("rawData"))
        .map(fork -> median(stream(fork).map(JsonNode::asDouble).toList()))
        .toList();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  static double median(List<Double> values) {
    return Median.withDefaults()
        .evaluate(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Null if it was not measured. */
  @Nullable Forks of(String name, int threads) {
    return all.get(new Key(name, threads));
  }

  /** How many rounds there are of everything. */
  int rounds() {
    return all.values().stream().mapToInt(forks -> forks.nanos.size()).min().orElse(0);
  }

  /** The environment, and the remarks of the run. */
  String circumstances() {
    StringBuilder text = new StringBuilder(machine);
    remarks.forEach((name, value) -> text.append(", ").append(name).append(' ').append(value));
    return text.toString();
  }
}
