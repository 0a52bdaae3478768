package shedlab.bench.run;

import java.nio.file.Path;
import java.util.function.DoubleConsumer;
import shedlab.bench.experiment.Plan;
import shedlab.bench.host.Host;
import shedlab.bench.host.HostException;
import shedlab.bench.host.Hosted;
import shedlab.bench.host.Injector;
import shedlab.bench.host.ServerSettings;
import shedlab.load.LoadProfile;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.strategy.Strategies;

/** Where loads are run: fresh servers, verified and warm, and the one injector. */
final class Station {
  private final Plan plan;
  private final int taskUnits;
  private final Host host;
  private final Jobs jobs;
  private final Path folder;
  private final Progress progress;
  private boolean injectorWarm;
  private double loadSeconds;

  Station(Plan plan, int taskUnits, Host host, Jobs jobs, Path folder, Progress progress) {
    this.plan = plan;
    this.taskUnits = taskUnits;
    this.host = host;
    this.jobs = jobs;
    this.folder = folder;
    this.progress = progress;
  }

  /** A server of its own, its contract verified, both sides warm. The caller closes it. */
  Hosted start(String server, String strategy, String variant) {
    Hosted hosted = host.startServer(settings(server, strategy, variant));
    try {
      makeReady(hosted, strategy, variant);
      return hosted;
    } catch (HostException e) {
      String lastWords = hosted.log();
      hosted.close();
      throw new HostException(e.getMessage() + "; server: " + lastWords, e);
    }
  }

  int workers() {
    return plan.workers("");
  }

  /** CPU seconds of one task on a server that is warm. */
  double serviceSeconds(Hosted server) {
    return new ServerProbe(server.url()).serviceSeconds(taskUnits);
  }

  /** Verifies the contract and warms both sides. */
  private void makeReady(Hosted server, String strategy, String variant) {
    ServerProbe probe = new ServerProbe(server.url());
    probe.verifyContract(!Strategies.installed().composition(strategy).admitsNobody());
    if (!injectorWarm) {
      jobs.injectorWarmUp(server.loadUrl()).forEach(job -> load(job, folder.resolve("warm-up")));
      injectorWarm = true;
    }
    jobs.warmUp(server.loadUrl(), variant).forEach(job -> load(job, folder.resolve("warm-up")));
    if (!probe.awaitIdle()) {
      throw new HostException("warm-up: server not idle after it (expected: all permits home)");
    }
  }

  /** Runs a load; its files go into a folder. */
  LoadResult load(LoadJob job, Path into) {
    return load(job, into, seconds -> {});
  }

  /** The same; somebody is told about twice a second how far it is, in seconds from its zero. */
  LoadResult load(LoadJob job, Path into, DoubleConsumer elapsed) {
    Injector injector = host.injector();
    try {
      LoadResult result =
          injector.run(
              job,
              into,
              report -> {
                elapsed.accept(report.elapsedSeconds());
                progress.load(report);
              });
      loadSeconds += seconds(job);
      return result;
    } catch (HostException e) {
      host.dropInjector(); // the next one is new, and cold
      injectorWarm = false;
      throw e;
    }
  }

  /** What all loads took up to now, warm-ups included, by their plans. */
  double loadSeconds() {
    return loadSeconds;
  }

  static double seconds(LoadJob job) {
    return new LoadProfile(job.profile()).seconds();
  }

  /** A server's samples between two seconds of a load. */
  static Samples between(Samples all, LoadResult load, double from, double to) {
    return all.between(epoch(load, from), epoch(load, to));
  }

  static long epoch(LoadResult load, double second) {
    return load.zeroEpochMicros() + (long) (second * 1e6);
  }

  private ServerSettings settings(String server, String strategy, String variant) {
    return new ServerSettings(
        server,
        strategy,
        taskUnits,
        plan.workers(variant),
        plan.experiment().of(variant).ofServer());
  }
}
