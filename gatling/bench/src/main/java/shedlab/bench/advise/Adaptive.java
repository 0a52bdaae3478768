package shedlab.bench.advise;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import shedlab.spec.Parameter;
import shedlab.strategy.Composition;
import shedlab.strategy.Strategies;

/** Advice in the settings of the two products that have limits which learn. */
final class Adaptive {
  private static final Parameter<Duration> DURATION = Parameter.duration("", "");

  private Adaptive() {}

  /** This project's library. */
  static Translation library(String strategy) {
    return new Translation(
        "Shedlab",
        "Any strategy is one text.",
        """
        Admission gate =
            Strategies.builtIn()
                .parse("%s")
                .admission(System::nanoTime);"""
            .formatted(strategy),
        "");
  }

  /**
   * Netflix concurrency-limits.
   *
   * @param strategy what is advised
   * @param nearest what is advised if the library has its queue, else the rule to fall back to
   * @param exact whether that rule is what is advised
   */
  static Translation netflix(String strategy, Rule nearest, boolean exact) {
    List<Composition.Part> parts = Strategies.installed().composition(strategy).parts();
    Optional<String> limit = parts.size() == 1 ? netflixLimit(parts.get(0)) : Optional.empty();
    if (limit.isPresent()) {
      return new Translation(
          "Netflix concurrency-limits",
          "The same algorithm; keys that the library does not have (pace, drops, growth) are left out.",
          "SimpleLimiter.newBuilder()\n    .limit(\n        " + limit.get() + ")\n    .build();",
          "");
    }
    String simple =
        "SimpleLimiter.newBuilder().limit(FixedLimit.of(" + nearest.limit() + ")).build()";
    if (!nearest.queues()) {
      return new Translation(
          "Netflix concurrency-limits",
          "Nothing waits.",
          simple + ";",
          exact ? "" : nearest.strategy());
    }
    long millis = Math.max(1, nearest.timeout().toMillis());
    if (nearest.order().equals(Rule.LIFO)) {
      return new Translation(
          "Netflix concurrency-limits",
          "Each waiting request holds a thread.",
          """
          LifoBlockingLimiter.newBuilder(
                  %s)
              .backlogSize(%d)
              .backlogTimeout(%d, TimeUnit.MILLISECONDS)
              .build();"""
              .formatted(simple, nearest.capacity(), millis),
          exact ? "" : nearest.strategy());
    }
    return new Translation(
        "Netflix concurrency-limits",
        "Its waiters have no order, each holds a thread, and only their time has a bound; simulated as"
            + " first in, first out.",
        """
        BlockingLimiter.wrap(
            %s,
            Duration.ofMillis(%d));"""
            .formatted(simple, millis),
        nearest.withQueue(Math.max(nearest.capacity(), 10_000), nearest.timeout()));
  }

  private static Optional<String> netflixLimit(Composition.Part part) {
    Map<String, String> values = part.values();
    return Optional.ofNullable(
        switch (part.name()) {
          case "aimd" ->
              "AIMDLimit.newBuilder().initialLimit(%s).minLimit(%s).maxLimit(%s).backoffRatio(%s)\n            .timeout(%d, TimeUnit.MILLISECONDS).build()"
                  .formatted(
                      values.get("initial"),
                      values.get("min"),
                      values.get("max"),
                      values.get("ratio"),
                      DURATION.read(values.getOrDefault("timeout", "5s")).toMillis());
          case "vegas" ->
              "VegasLimit.newBuilder().initialLimit(%s).maxConcurrency(%s).alpha(%s).beta(%s)\n            .smoothing(%s).build()"
                  .formatted(
                      values.get("initial"),
                      values.get("max"),
                      values.get("alpha"),
                      values.get("beta"),
                      values.get("smoothing"));
          case "gradient2" ->
              "Gradient2Limit.newBuilder().initialLimit(%s).minLimit(%s).maxConcurrency(%s)\n            .smoothing(%s).queueSize(%s).rttTolerance(%s).longWindow(%s).build()"
                  .formatted(
                      values.get("initial"),
                      values.get("min"),
                      values.get("max"),
                      values.get("smoothing"),
                      values.get("queue"),
                      values.get("tolerance"),
                      values.get("long-window"));
          default -> null;
        });
  }

  /** Envoy's adaptive concurrency filter; nothing if that is not what is advised. */
  static Optional<Translation> envoy(String strategy) {
    List<Composition.Part> parts = Strategies.installed().composition(strategy).parts();
    if (parts.size() != 1 || !parts.get(0).name().equals("envoy")) {
      return Optional.empty();
    }
    Map<String, String> values = parts.get(0).values();
    return Optional.of(
        new Translation(
            "Envoy, adaptive concurrency filter",
            "The same algorithm; growth=in-use is not in Envoy.",
            """
            name: envoy.filters.http.adaptive_concurrency
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.adaptive_concurrency.v3.AdaptiveConcurrency
              gradient_controller_config:
                sample_aggregate_percentile: { value: %s }
                concurrency_limit_params:
                  max_concurrency_limit: %s
                  concurrency_update_interval: %s
                min_rtt_calc_params:
                  min_concurrency: %s
                  request_count: %s
                  interval: %s
                  jitter: { value: %s }
                  buffer: { value: %s }
              enabled: { default_value: true, runtime_key: adaptive_concurrency.enabled }"""
                .formatted(
                    percent(values, "quantile"),
                    values.get("max"),
                    seconds(values, "interval"),
                    values.get("probe"),
                    values.get("probe-samples"),
                    seconds(values, "probe-interval"),
                    percent(values, "jitter"),
                    percent(values, "buffer")),
            ""));
  }

  private static String percent(Map<String, String> values, String key) {
    return Long.toString(Math.round(100 * Double.parseDouble(values.getOrDefault(key, "0"))));
  }

  private static String seconds(Map<String, String> values, String key) {
    return Elsewhere.seconds(DURATION.read(values.getOrDefault(key, "1s")));
  }
}
