package shedlab.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import shedlab.bench.console.Announcement;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.machine.Environment;
import shedlab.bench.outside.RunOptions;
import shedlab.bench.simulation.SimulatedRun;
import shedlab.report.Report;
import shedlab.report.index.RunIndex;
import shedlab.report.raw.Recordings;
import shedlab.report.result.RunFiles;
import shedlab.report.text.Prose;

@Command(
    name = "simulate",
    description = "Runs an experiment on a simulated server and writes its report.")
final class SimulateCommand implements Callable<Integer> {
  @Mixin private final ExperimentOptions options = new ExperimentOptions();

  @Option(
      names = "--cores",
      defaultValue = "4",
      paramLabel = "NUMBER",
      description = "CPUs of the simulated server (default: ${DEFAULT-VALUE}).")
  private String cores = "4";

  @Override
  public Integer call() throws IOException {
    int worst = 0;
    for (SimulatedRun run : planned()) {
      worst = Math.max(worst, simulate(run));
    }
    return worst;
  }

  List<SimulatedRun> planned() {
    List<Experiment> experiments = options.experiments();
    options.targets(experiments); // each word names a server, though none is started
    return experiments.stream().map(each -> SimulatedRun.of(each, cores)).toList();
  }

  List<String> invocation() {
    return options.invocation();
  }

  private int simulate(SimulatedRun run) throws IOException {
    String name = RunOptions.stamped(run.experiment().name() + "-simulated");
    Path folder = options.results().resolve(name);
    Recordings.keep(folder, run.experiment().arrivals());
    RunFiles files = RunFiles.create(folder, run.manifest(name, invocation()), environment());
    System.out.println(run.experiment().question());
    System.out.printf(
        "  simulated   %s on %s%n",
        Prose.count(run.size(), "cell"), Prose.count(run.cores(), "core"));
    Announcement.recordings(run.experiment())
        .forEach(recording -> System.out.println("  arrivals    " + recording));
    run.leftOut().forEach(variant -> System.out.println("  left out    variant " + variant));
    long began = System.nanoTime();
    run.into(files);
    Report.write(folder);
    RunIndex.around(folder);
    System.out.printf(
        "%s in %.1f s%n%s%n",
        Prose.count(run.size(), "cell"),
        (System.nanoTime() - began) / 1e9,
        folder.resolve("report.html"));
    return Answer.code(files);
  }

  private static Map<String, String> environment() {
    Map<String, String> found = new LinkedHashMap<>();
    found.put("host", "simulated");
    found.put("commit", Environment.commit());
    found.put("JVM", System.getProperty("java.vm.name") + " " + Runtime.version());
    return found;
  }
}
