package shedlab.report.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary;
import shedlab.report.metric.Summary.Row;
import shedlab.report.result.CpuList;
import shedlab.report.result.Manifest;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/**
 * What a 429 costs a server, and what refusals leave of its capacity; measured with {@code
 * reject-all}, which does nothing else. A run without it, or with a load that changes, has no such
 * costs.
 */
public final class Refusals {
  /** Up to this size of task, a 200 costs hardly more than the server's own code. */
  private static final double SMALL = 0.01;

  private final Manifest manifest;
  private final Summary summary;
  private final List<Price> prices;

  /**
   * What a refusal costs on a server in a variant.
   *
   * @param micros CPU time of a 429, at the load where it was least: there it contains the least
   *     other work
   * @param taskMicros CPU time of a success, by the capacity
   */
  public record Price(String server, String variant, double micros, double taskMicros) {
    /**
     * The most goodput that the refusals leave, as a share of the capacity. With CPU time c per
     * second and λ requests per second, each a success that takes s or a refusal that takes r,
     * there can be (c − λr) / (s − r) successes.
     */
    public double ceiling(double load) {
      double price = micros / taskMicros;
      return Math.max(0, Math.min(load, (1 - load * price) / (1 - price)));
    }

    /** The load at which the ceiling is at half the capacity. */
    public double halving() {
      return (taskMicros / micros + 1) / 2;
    }
  }

  public Refusals(Manifest manifest, Summary summary) {
    this.manifest = manifest;
    this.summary = summary;
    this.prices = manifest.plateau() ? prices() : List.of();
  }

  private List<Price> prices() {
    int cores = CpuList.parse(manifest.setUp().serverCpus()).size();
    List<Price> found = new ArrayList<>();
    for (String variant : summary.variants()) {
      for (String server : summary.servers()) {
        summary.rows().stream()
            .filter(r -> r.server().equals(server) && r.variant().equals(variant))
            .filter(
                r ->
                    StrategyNames.composition(r.strategy()).admitsNobody()
                        && r.get(Metric.CPU_PER_SHED) > 0)
            .min(Comparator.comparingDouble(r -> r.get(Metric.CPU_PER_SHED)))
            .map(
                r ->
                    new Price(
                        server,
                        variant,
                        r.get(Metric.CPU_PER_SHED),
                        cores * 1e6 / r.get(Metric.CAPACITY)))
            .ifPresent(found::add);
      }
    }
    return List.copyOf(found);
  }

  /** All known costs. */
  public List<Price> all() {
    return prices;
  }

  /** The cost on a server in a variant. */
  public Optional<Price> of(String server, String variant) {
    return prices.stream()
        .filter(p -> p.server().equals(server) && p.variant().equals(variant))
        .findFirst();
  }

  /** The most goodput that a row could have, as a share of the capacity. */
  public Optional<Double> ceiling(Row row) {
    return row.load() <= 1 || StrategyNames.composition(row.strategy()).admitsNobody()
        ? Optional.empty()
        : of(row.server(), row.variant()).map(price -> price.ceiling(row.load()));
  }

  /** True if the tasks of a variant are so small that 429s are compared with its 200s. */
  public boolean yardstick(String variant) {
    return manifest.grid().variants().stream()
        .filter(v -> v.name().equals(variant))
        .map(v -> Double.parseDouble(v.settings().getOrDefault("work", "1")))
        .anyMatch(work -> work <= SMALL);
  }

  /** What a 429 costs compared with the cheapest 200, in words; empty if it is not known. */
  public String words() {
    if (prices.isEmpty()) {
      return "";
    }
    List<String> clauses = new ArrayList<>();
    for (String variant : summary.variants()) {
      List<Price> mine = prices.stream().filter(p -> p.variant().equals(variant)).toList();
      if (!mine.isEmpty()) {
        clauses.add("a 429 costs " + each(mine, Price::server, Price::micros) + in(variant));
      } else if (yardstick(variant)) {
        List<Row> least = smallest(variant);
        if (!least.isEmpty()) {
          clauses.add(
              "the cheapest 200 costs "
                  + each(least, Row::server, r -> r.get(Metric.CPU_PER_GOOD))
                  + in(variant));
        }
      }
    }
    Price dearest = prices.stream().min(Comparator.comparingDouble(Price::halving)).orElseThrow();
    return "CPU time in µs, at the load where it was lowest: "
        + String.join("; ", clauses)
        + ". Where a 429 costs most of a task (on "
        + dearest.server()
        + in(dearest.variant())
        + "), refusals leave half of the capacity at "
        + Numbers.fixed(dearest.halving(), 0)
        + "x"
        + extrapolated(dearest.halving())
        + ".";
  }

  private String extrapolated(double load) {
    double highest = summary.loads().stream().mapToDouble(l -> l).max().orElse(0);
    return load > highest
        ? " (an extrapolation: the highest measured load is " + Numbers.load(highest) + ")"
        : "";
  }

  /** For each server the row with the cheapest 200. */
  private List<Row> smallest(String variant) {
    return summary.servers().stream()
        .flatMap(
            server ->
                summary.rows().stream()
                    .filter(r -> r.server().equals(server) && r.variant().equals(variant))
                    .filter(r -> r.get(Metric.CPU_PER_GOOD) > 0)
                    .min(Comparator.comparingDouble(r -> r.get(Metric.CPU_PER_GOOD)))
                    .stream())
        .toList();
  }

  private static <T> String each(
      List<T> all, Function<T, String> server, ToDoubleFunction<T> micros) {
    return Prose.list(
        all.stream()
            .map(one -> Numbers.fixed(micros.applyAsDouble(one), 0) + " on " + server.apply(one))
            .toList());
  }

  private String in(String variant) {
    return summary.variants().size() == 1 ? "" : " (" + Prose.variant(variant) + ")";
  }
}
