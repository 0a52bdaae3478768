package shedlab.bench.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import shedlab.bench.capacity.CapacityFiles;
import shedlab.bench.capacity.CapacitySearch;
import shedlab.bench.capacity.Objective;
import shedlab.bench.console.Announcement;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.experiment.LoadGenerators;
import shedlab.bench.experiment.Plan;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.Host;
import shedlab.bench.machine.Environment;
import shedlab.bench.outside.RunOptions;
import shedlab.bench.run.Progress;
import shedlab.bench.setting.BlockKeys;
import shedlab.bench.setting.LoadKeys;
import shedlab.bench.setting.Schema;
import shedlab.report.file.Scratch;
import shedlab.report.raw.Recordings;
import shedlab.report.result.CellResult;
import shedlab.spec.SpecException;

@Command(
    name = "capacity",
    description =
        "Finds the greatest load that keeps an objective, in at most three minutes for each"
            + " server and strategy, the calibration included.")
final class CapacityCommand implements Callable<Integer> {
  @Mixin private final ExperimentOptions options = new ExperimentOptions();

  @Mixin private final HostOptions place = new HostOptions();

  @Option(
      names = "--slo",
      paramLabel = "OBJECTIVE",
      description =
          "What is to be kept, such as p99<=250ms,shed<=1%%; p50, p90, p99.9 and goodput>=99%% too.")
  private String slo = "";

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    Objective objective = Objective.of(slo);
    Experiment experiment = experiment();
    if (!place.elsewhere()) { // else that is known only when the machine has been asked
      CapacitySearch.check(experiment, objective, CpuSplit.ofThisMachine().server().size());
    }
    Distributions distributions = Distributions.of(options.project());
    Path results = options.results();
    HostChoice choice =
        place.choice(distributions, options.targets(List.of(experiment)), List.of(experiment));
    CpuSplit machine = choice.cpus();
    CapacitySearch.check(experiment, objective, machine.server().size());
    Plan plan =
        Plan.of(
            experiment,
            machine.server().size(),
            choice.jdk(),
            distributions::strategies,
            choice.targets().strategies(experiment.servers()),
            choice.missing());
    LoadGenerators generators =
        LoadGenerators.upTo(CapacitySearch.MOST_LOAD, plan, experiment.taskSeconds());
    CpuSplit cpus = generators.among(machine);
    choice.pinThisProcess();
    int taskUnits = experiment.taskUnits();
    try (Scratch scratch = Scratch.create();
        Host host = choice.open(distributions, cpus, scratch.folder(), experiment)) {
      Environment environment = new Environment(host, cpus);
      Path folder = results.resolve(RunOptions.stamped("capacity-" + experiment.name()));
      Recordings.keep(folder, experiment.arrivals());
      CapacityFiles files =
          new CapacityFiles(
              folder,
              options.invocation(),
              plan,
              objective,
              host.kind(),
              experiment.evidence() && !cpus.shared(),
              taskUnits,
              environment.before(experiment.seed()));
      String told = "  load        " + generators.announcement(cpus);
      return search(plan, objective, taskUnits, cpus, host, files, environment, choice, told);
    }
  }

  private int search(
      Plan plan,
      Objective objective,
      int taskUnits,
      CpuSplit cpus,
      Host host,
      CapacityFiles files,
      Environment environment,
      HostChoice choice,
      String generators)
      throws IOException {
    out.printf("What is the greatest load that keeps %s?%n", objective.text());
    out.printf("  host        %s%n", choice.explanation());
    out.println(generators);
    int searches = CapacitySearch.searches(plan);
    out.printf(
        "  time        at most %d min for each server and strategy, the calibration included: at"
            + " most %d min%n",
        minutes(), searches * minutes());
    out.printf("  folder      %s%n", files.folder());
    Announcement.recordings(plan.experiment()).forEach(r -> out.printf("  arrivals    %s%n", r));
    plan.leftOut().forEach(each -> out.printf("  left out    %s%n", each));
    CapacitySearch search =
        new CapacitySearch(
            plan,
            objective,
            CapacitySearch.TIME,
            taskUnits,
            cpus,
            host,
            files,
            phases(),
            out::println);
    Interruption interruption =
        new Interruption(
            search::stop,
            host,
            () ->
                String.format(
                    "Stopped: %d measurements are kept in %s; a search does not resume.",
                    files.measurements(), files.folder()),
            out);
    Runtime.getRuntime().addShutdownHook(interruption);
    boolean whole = search.run();
    interruption.over();
    files.ended(environment.after());
    if (!whole) {
      return ShedlabMain.BROKE_OFF;
    }
    out.print(files.table().markdown());
    out.println(files.folder().resolve(CapacityFiles.REPORT));
    return search.found() ? search.certified() ? 0 : ShedlabMain.DOUBTFUL : ShedlabMain.NO_ANSWER;
  }

  /** One experiment; the search chooses the loads and how often each is measured. */
  private Experiment experiment() {
    List<Experiment> experiments =
        options.experiments(
            Map.of(
                Schema.LOADS.key(), "1",
                BlockKeys.REPEATS.key(), "1",
                BlockKeys.PRECISION.key(), "none",
                LoadKeys.INJECTORS.key(), place.injectors()));
    if (experiments.size() > 1) {
      throw new SpecException(
          "experiment", experiments.stream().map(Experiment::name).toList(), "one");
    }
    Experiment experiment = experiments.get(0);
    if (!experiment.loads().equals(List.of(1.0))) {
      throw new SpecException("loads", experiment.loads(), "none: the search chooses them");
    }
    return experiment;
  }

  private static long minutes() {
    return CapacitySearch.TIME.toMinutes();
  }

  private Progress phases() {
    return new Progress() {
      @Override
      public void phase(String what) {
        out.println(what);
      }

      @Override
      public void load(shedlab.report.raw.Progress report) {
        // A line for each measurement is enough.
      }

      @Override
      public void finished(CellResult cell, String verdict) {
        // The search says what became of it.
      }
    };
  }
}
