package shedlab.simulation.golden;

import java.util.List;

/** The strategies of the earlier survey with its figures; {@link Survey} says for which model. */
final class SurveyRows {
  /** Where the survey has no figure. */
  static final double UNKNOWN = Double.NaN;

  /** The figures of a plateau; {@link #UNKNOWN} where there is none. */
  record Figures(double goodput, double shed, double p99Millis, double limit) {}

  /**
   * A strategy.
   *
   * @param theirs in the order of the survey's four loads
   * @param settleSeconds how long after a step 95 % were in time again
   */
  record Row(String name, String strategy, List<Figures> theirs, double settleSeconds) {}

  private static final double NEVER = Double.POSITIVE_INFINITY;

  static final List<Row> ROWS =
      List.of(
          row("no limit", "none", UNKNOWN, of(0), of(0.01), of(0.02), of(0.86, 0, 184)),
          row(
              "semaphore 4",
              "fixed:limit=4",
              UNKNOWN,
              of(0.84, UNKNOWN, 10),
              of(0.84),
              of(0.73),
              of(0.65, 27.7)),
          row(
              "semaphore 8",
              "fixed:limit=8",
              0,
              of(0.98, UNKNOWN, 20),
              of(0.98, UNKNOWN, 83),
              of(0.92),
              of(0.81, 10.2)),
          row(
              "semaphore 20",
              "fixed:limit=20",
              UNKNOWN,
              of(0.99, UNKNOWN, 50),
              of(0.85, UNKNOWN, 221),
              of(0.93),
              of(0.87, 1.4)),
          row("semaphore 200", "fixed:limit=200", UNKNOWN, of(0), of(0.17), of(0.18), of(0.86, 0)),
          row(
              "pool 4 + queue 16",
              "fixed:limit=4+fifo:capacity=16",
              0,
              of(0.99, UNKNOWN, 51),
              of(0.98, UNKNOWN, 92),
              of(0.99),
              of(0.885, 1.6, 69)),
          row(
              "pool 4 + queue 36",
              "fixed:limit=4+fifo:capacity=36",
              UNKNOWN,
              of(0.65),
              of(0.52),
              of(0.76),
              of(0.89, 0.1)),
          row(
              "Netflix AIMD",
              "aimd",
              NEVER,
              limit(0, 200),
              limit(0.17, 200),
              of(0.18),
              of(0.86, 0)),
          row(
              "AIMD, min 1, timeout 100 ms",
              "aimd:min=1,timeout=100ms",
              UNKNOWN,
              limit(0.62, 29),
              of(0.67),
              of(0.83),
              of(0.865, 0.6)),
          row(
              "Netflix Vegas",
              "vegas",
              0,
              limit(0.99, 14.6),
              limit(0.95, 6.2),
              of(0.87),
              of(0.77, 14.8)),
          row(
              "Vegas, windows of 1 s",
              "vegas-windowed",
              6,
              limit(0.99, 25),
              limit(0.85, 20),
              of(0.94),
              of(0.86, 3.1)),
          row(
              "Quarkus Vegas",
              "vegas-quarkus",
              1,
              limit(0.82, 33),
              limit(0.96, 11.5),
              of(0.95),
              of(0.845, 5.8)),
          row(
              "Gradient2",
              "gradient2",
              NEVER,
              limit(0, 200),
              limit(0.84, 21),
              of(0.92),
              of(0.87, 1.3)),
          row(
              "Gradient2, windows of 1 s",
              "gradient2-windowed",
              UNKNOWN,
              limit(0.84, 40),
              limit(0.65, 39),
              of(0.72),
              of(0.86, 0.1)),
          row(
              "Envoy gradient",
              "envoy",
              1,
              limit(0.97, 7.2),
              limit(0.95, 7.2),
              of(0.91),
              of(0.855, 3.9)),
          row("kratos BBR", "kratos+none", NEVER, of(0), of(0.01), of(0.10), of(0.79, 11)),
          row("go-zero", "go-zero+none", 20, of(0.51), of(0.785), of(0.83), of(0.86, 1.4)),
          row(
              "Sentinel CPU > 0.8",
              "cpu+none",
              UNKNOWN,
              of(0.015),
              of(0.15),
              of(0.38),
              of(0.46, 47)),
          row(
              "failsafe-go",
              "failsafe",
              NEVER,
              limit(0.99, 21),
              limit(0.87, 19),
              of(0.81),
              of(0.86, 0.1)),
          row("bRPC, min 40", "brpc", UNKNOWN, of(0.06), of(0.54), of(0.67), of(0.86)),
          row("bRPC, min 1", "brpc:min=1", UNKNOWN, of(0.79), of(0.66), of(0.95), of(0.76)),
          row(
              "CoDel 5/100, pool 4",
              "fixed:limit=4+codel:capacity=1000",
              29,
              of(0.985),
              of(0.95),
              of(0.96),
              of(0.87, 3.7)),
          row(
              "CoDel 40/100, pool 4",
              "fixed:limit=4+codel:capacity=1000,target=40ms",
              UNKNOWN,
              of(0.99),
              of(0.865),
              of(0.95),
              of(0.895, 0.3)),
          row(
              "Bouncer-like, no margin",
              "bouncer:promise=100ms,workers=4,margin=none+fixed:limit=4+fifo:capacity=1000",
              UNKNOWN,
              of(0.94),
              of(0.82),
              of(0.93),
              of(0.893, 0.5)));

  private SurveyRows() {}

  private static Row row(String name, String strategy, double settleSeconds, Figures... theirs) {
    return new Row(name, strategy, List.of(theirs), settleSeconds);
  }

  private static Figures of(double goodput) {
    return of(goodput, UNKNOWN);
  }

  private static Figures of(double goodput, double shedPercent) {
    return of(goodput, shedPercent, UNKNOWN);
  }

  private static Figures of(double goodput, double shedPercent, double p99Millis) {
    return new Figures(goodput, shedPercent / 100, p99Millis, UNKNOWN);
  }

  private static Figures limit(double goodput, double limit) {
    return new Figures(goodput, UNKNOWN, UNKNOWN, limit);
  }
}
