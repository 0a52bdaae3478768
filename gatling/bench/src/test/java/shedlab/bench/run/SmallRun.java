package shedlab.bench.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.experiment.Plan;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.ProcessHost;
import shedlab.report.Project;

/**
 * What a run with real processes needs: Netty under one strategy, as built, without a warm-up. What
 * it measures is no evidence.
 */
public final class SmallRun {
  /** Of a task, which is short: its calibration is left out. */
  public static final int UNITS = 1_000;

  public static final CpuSplit CPUS = CpuSplit.ofThisMachine();
  private static final Distributions BUILT = Distributions.of(Project.root());

  private SmallRun() {}

  /** With these settings besides. */
  public static Plan plan(Map<String, String> more) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("servers", "netty");
    settings.put("strategies", "fixed:limit=4");
    settings.put("reference", "fixed:limit=4");
    settings.put("warm-up", "0s");
    settings.put("task-units", Integer.toString(UNITS));
    settings.putAll(more);
    Experiment experiment =
        Experiment.load(Project.file("gatling/experiments/overload.properties"), "smoke", settings);
    return Plan.of(experiment, CPUS.server().size(), 17, BUILT::strategies);
  }

  /** Processes of this machine, whose logs and samples go into a folder. */
  public static ProcessHost host(Path folder) {
    return new ProcessHost(BUILT, CPUS, folder);
  }
}
