package shedlab.bench.cleanrate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import shedlab.bench.certificate.GeneratorChecks;
import shedlab.bench.control.Quiet;
import shedlab.bench.control.ServerProbe;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Host;
import shedlab.bench.host.RunningServer;
import shedlab.load.LoadProfile.Segment;
import shedlab.report.raw.ClientBehaviour;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.Progress;
import shedlab.report.raw.ServerCsv;
import shedlab.report.result.Check;

/** One server, the load generators in front of it, and the loads that they play. */
final class Measurement {
  /** As in the experiments: late starts and pauses are held against it. */
  static final Duration DEADLINE = Duration.ofMillis(250);

  private static final long TIMEOUT_MILLIS = 1_000;

  /** Of a warm-up, the parts of its time at these rates; the last is offered for the rest. */
  private static final double SLOWEST = 0.2;

  private static final double SLOW = 0.3;

  private final Host host;
  private final RunningServer server;
  private final CpuSplit cpus;
  private final Path folder;
  private boolean warm;

  /** Of a server that refuses everything; raw files of a load go into a folder. */
  Measurement(Host host, RunningServer server, CpuSplit cpus, Path folder) {
    this.host = host;
    this.server = server;
    this.cpus = cpus;
    this.folder = folder;
  }

  /** Warms both sides, as long as a pace says, up to a rate. */
  void warm(int seconds, int mostPerSecond) {
    if (seconds > 0) {
      warm = true;
      run(
          "warm-up",
          List.of(
              new Segment(Math.min(300, mostPerSecond), seconds * SLOWEST),
              new Segment(Math.min(1_000, mostPerSecond), seconds * SLOW),
              new Segment(mostPerSecond, seconds * (1 - SLOWEST - SLOW))),
          0,
          0,
          progress -> {});
    }
  }

  /**
   * Offers a rate.
   *
   * @param seed of the arrivals
   */
  Reading offer(int perSecond, int seconds, long seed) {
    return offer(perSecond, seconds, seed, progress -> {});
  }

  /** The same; the progress is told twice a second. */
  Reading offer(int perSecond, int seconds, long seed, Consumer<Progress> onProgress) {
    if (warm) { // on cold sides compilers never have done what they had to
      awaitQuiet();
    }
    LoadResult load =
        run(
            "rate-" + perSecond,
            List.of(new Segment(perSecond, Pace.LEAD_IN + seconds)),
            Pace.LEAD_IN,
            seed,
            onProgress);
    return reading(load, ServerCsv.parse(server.samples()), cpus);
  }

  /** A load would share its CPUs with compilers that still have to do. */
  private void awaitQuiet() {
    new ServerProbe(server.url()).awaitQuiet();
    Quiet.await(this::generatorSeconds);
  }

  /** CPU time of all load generators; empty if the system does not tell. */
  private OptionalDouble generatorSeconds() {
    List<Duration> told =
        host.injector().pids().stream()
            .flatMap(pid -> ProcessHandle.of(pid).stream())
            .flatMap(process -> process.info().totalCpuDuration().stream())
            .toList();
    return told.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(told.stream().mapToDouble(Duration::toMillis).sum() / 1e3);
  }

  private LoadResult run(
      String name, List<Segment> profile, double leadIn, long seed, Consumer<Progress> onProgress) {
    LoadJob job =
        new LoadJob(
            name,
            server.workAddress(),
            profile,
            "poisson",
            seed,
            1,
            "deterministic",
            DEADLINE.toMillis(),
            TIMEOUT_MILLIS,
            leadIn,
            false,
            new ClientBehaviour("none", true, false, false, List.of(), 0, 1));
    return host.injector().run(job, folder, onProgress);
  }

  /** What a load's result and the server's samples tell of its window. */
  static Reading reading(LoadResult load, ServerCsv samples, CpuSplit cpus) {
    double seconds = load.window().seconds();
    long from = load.zeroEpochMicros() + (long) (load.job().leadInSeconds() * 1e6);
    double cores = cores(samples.between(from, from + (long) (seconds * 1e6)));
    List<Check> failed =
        GeneratorChecks.of(load, DEADLINE).stream().filter(check -> !check.ok()).toList();
    return new Reading(
        load.window().outcomes().total(),
        load.window().outcomes().shed(),
        seconds * generatorCores(load, cpus),
        load.generator().cpuShare(),
        load.generator().lateness().p50Micros() / 1e3,
        load.generator().lateness().p99Micros() / 1e3,
        seconds * cores,
        cores / cpus.server().size(),
        failed);
  }

  /** How many cores all of them used: each knows the share of its own CPUs. */
  private static double generatorCores(LoadResult load, CpuSplit cpus) {
    List<LoadResult.Member> each = load.generators();
    if (each.isEmpty()) {
      return load.generator().cpuShare() * cpus.injectors().get(0).size();
    }
    double cores = 0;
    for (int i = 0; i < each.size(); i++) {
      cores += each.get(i).generator().cpuShare() * cpus.injectors().get(i).size();
    }
    return cores;
  }

  /** How many cores the server used; NaN if its samples do not tell. */
  private static double cores(ServerCsv window) {
    int last = window.rows().size() - 1;
    if (!window.tellsCpu() || last < 1) {
      return Double.NaN;
    }
    ServerCsv.Row begin = window.rows().get(0);
    ServerCsv.Row end = window.rows().get(last);
    return (double) (end.cpuMicros() - begin.cpuMicros())
        / (end.epochMicros() - begin.epochMicros());
  }
}
