package shedlab.gatling.experiment;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import shedlab.gatling.load.ClientBehaviour;
import shedlab.gatling.load.LoadJob;
import shedlab.load.LoadProfile.Segment;

/** The loads that a run consists of. The same cell always gives the same arrivals and sizes. */
final class Jobs {
  /** Offered while calibrating, over the rate that the bare service time would allow. */
  private static final double SATURATION = 1.25;

  /**
   * How much longer than a cell a calibration runs; only its end is counted. By then the server is
   * as warm as at the later loads of a staircase: its compiler is busy for some twenty seconds.
   */
  private static final double RUN_IN = 1.5;

  /** What a confidence interval needs. */
  private static final double SHORTEST_CALIBRATION_SECONDS = 2;

  private final Experiment experiment;
  private final int taskUnits;

  Jobs(Experiment experiment, int taskUnits) {
    this.experiment = experiment;
    this.taskUnits = taskUnits;
  }

  /**
   * Many tiny requests, gently rising, far below capacity: they warm the code of the whole path on
   * both sides.
   */
  LoadJob warmUp(URI server) {
    double seconds = experiment.warmUp().toSeconds();
    return job(
        "warm-up",
        server,
        List.of(
            new Segment(300, seconds * 0.2),
            new Segment(1_000, seconds * 0.3),
            new Segment(2_000, seconds * 0.5)),
        experiment.seed(),
        Math.max(1, taskUnits / 50),
        0,
        experiment.timeout(),
        false);
  }

  /**
   * The first loads of an injector's life: a cold one starts requests tens of milliseconds late.
   * Answers first, smallest tasks, then clients that give up: both are paths of their own.
   */
  List<LoadJob> injectorWarmUp(URI server) {
    double seconds = 2.0 * experiment.warmUp().toSeconds();
    LoadJob answered =
        job(
            "injector-warm-up",
            server,
            List.of(
                new Segment(300, seconds * 0.2),
                new Segment(1_000, seconds * 0.35),
                new Segment(2_000, seconds * 0.25)),
            experiment.seed(),
            1,
            0,
            experiment.timeout(),
            false);
    LoadJob givenUp =
        job(
            "injector-warm-up-timeouts",
            server,
            List.of(new Segment(1_000, seconds * 0.2)),
            experiment.seed(),
            taskUnits,
            0,
            experiment.task(),
            false);
    return List.of(answered, givenUp);
  }

  /** More than the server can do, for long enough to count what it does. */
  LoadJob calibration(URI server, double serviceSeconds, int cpus) {
    double rate = SATURATION * cpus / serviceSeconds;
    double counted =
        Math.max(SHORTEST_CALIBRATION_SECONDS, (double) experiment.measure().toSeconds());
    double runIn = experiment.leadIn().toSeconds() + RUN_IN * experiment.warmUp().toSeconds();
    return job(
        "calibration",
        server,
        List.of(new Segment(rate, runIn + counted)),
        experiment.seed(),
        taskUnits,
        runIn,
        experiment.timeout(),
        false);
  }

  /** Of a cell's arrivals and sizes: of its load and repeat alone, so alike for every strategy. */
  static long seed(Experiment experiment, Cell cell) {
    return (experiment.seed() * 31L + Double.hashCode(cell.load())) * 31L + cell.repeat();
  }

  /** The load of one cell: seeded by its load and repeat alone, so alike for every strategy. */
  LoadJob cell(Cell cell, URI server, double capacityPerSecond) {
    return job(
        cell.id(),
        server,
        List.of(new Segment(cell.load() * capacityPerSecond, cellSeconds())),
        seed(experiment, cell),
        taskUnits,
        (double) experiment.leadIn().toSeconds(),
        experiment.timeout(),
        true);
  }

  private double cellSeconds() {
    return experiment.leadIn().plus(experiment.measure()).toSeconds();
  }

  private LoadJob job(
      String name,
      URI server,
      List<Segment> profile,
      long seed,
      int units,
      double leadInSeconds,
      Duration timeout,
      boolean report) {
    return new LoadJob(
        name,
        server.toString(),
        profile,
        word(experiment.arrivals()),
        seed,
        units,
        word(experiment.serviceLaw()),
        experiment.deadline().toMillis(),
        timeout.toMillis(),
        leadInSeconds,
        report,
        Map.of(),
        ClientBehaviour.PLAIN);
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
