package shedlab.bench.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.apache.commons.statistics.descriptive.Median;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import shedlab.bench.console.Announcement;
import shedlab.bench.console.ConsoleProgress;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.experiment.LoadGenerators;
import shedlab.bench.experiment.Plan;
import shedlab.bench.experiment.TimeLeft;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.Host;
import shedlab.bench.live.LivePage;
import shedlab.bench.machine.Environment;
import shedlab.bench.outside.RunOptions;
import shedlab.bench.run.Goal;
import shedlab.bench.run.Progress;
import shedlab.bench.run.Runner;
import shedlab.bench.setting.BlockKeys;
import shedlab.bench.setting.JvmKeys;
import shedlab.bench.setting.LoadKeys;
import shedlab.report.Report;
import shedlab.report.file.Scratch;
import shedlab.report.index.RunIndex;
import shedlab.report.raw.Recordings;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.text.Prose;
import shedlab.spec.SpecException;

@Command(name = "bench", description = "Runs an experiment and writes its report.")
final class BenchCommand implements Callable<Integer> {
  @Mixin private final ExperimentOptions options = new ExperimentOptions();

  @Mixin private final HostOptions place = new HostOptions();

  @Option(
      names = "--live",
      paramLabel = "PORT",
      description = "Serves a page that shows the run: a port of loopback, or 1 for any free one.")
  private String live = "";

  @Option(
      names = "--precision",
      paramLabel = "PERCENT",
      description = "Goes on until differences of so much are told apart, such as 3%%.")
  private String precision = "";

  @Option(
      names = "--budget",
      paramLabel = "DURATION",
      description = "How long it goes on for that at most, such as 30min.")
  private String budget = "";

  @Option(
      names = "--profile-cpu",
      paramLabel = "1",
      description = "Samples the servers' stacks: a flame graph for each cell. It costs CPU time.")
  private String profileCpu = "";

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    Distributions distributions = Distributions.of(options.project());
    Path results = options.results();
    String profile = JvmKeys.text(profileCpu);
    List<Experiment> experiments =
        options.experiments(
            Map.of(
                BlockKeys.PRECISION.key(), precision,
                BlockKeys.BUDGET.key(), budget,
                JvmKeys.PROFILE_CPU.key(), profile,
                LoadKeys.INJECTORS.key(), place.injectors()));
    HostChoice choice = place.choice(distributions, options.targets(experiments), experiments);
    List<Plan> plans =
        experiments.stream()
            .map(
                experiment ->
                    Plan.of(
                        experiment,
                        choice.cpus().server().size(),
                        choice.jdk(),
                        distributions::strategies,
                        choice.targets().strategies(experiment.servers()),
                        choice.missing()))
            .toList();
    if (plans.size() > 1) {
      announce(plans);
    }
    choice.pinThisProcess();
    int worst = 0;
    try (LivePage page = livePage()) {
      for (Plan plan : plans) {
        worst = Math.max(worst, run(plan, results, choice, distributions, page));
      }
    }
    return worst;
  }

  /** Null if nobody asked for one. */
  private @Nullable LivePage livePage() throws IOException {
    if (live.isEmpty() || live.equals("0")) {
      return null;
    }
    if (!live.matches("1|[1-9][0-9]{3,4}")) {
      throw new SpecException("live", live, "1, or a port from 1000");
    }
    LivePage page = new LivePage(live.equals("1") ? 0 : Integer.parseInt(live));
    out.printf("live: %s%n", page.url());
    return page;
  }

  private int run(
      Plan plan,
      Path results,
      HostChoice choice,
      Distributions distributions,
      @Nullable LivePage page)
      throws IOException {
    LoadGenerators generators = LoadGenerators.of(plan, plan.experiment().taskSeconds());
    CpuSplit cpus = generators.among(choice.cpus());
    int taskUnits = plan.experiment().taskUnits();
    try (Scratch scratch = Scratch.create();
        Host host = choice.open(distributions, cpus, scratch.folder(), plan.experiment())) {
      Environment environment = new Environment(host, cpus);
      RunFiles files = openOrCreate(results, plan, host, cpus, taskUnits, environment);
      Goal goal = new Goal(plan, files);
      String load = generators.announcement(cpus);
      Announcement.before(plan, goal, files, choice.explanation(), load).forEach(out::println);
      warnOfChanges(files, environment);
      measure(plan, goal, files, host, cpus, page);
      files.ended(environment.after());
      int code = goal.reached() ? conclude(goal, files) : ShedlabMain.BROKE_OFF;
      if (page != null) {
        page.reported(files.folder().resolve("report.html"));
      }
      return code;
    }
  }

  /** Cells of one run that were measured in two environments are hardly of one kind. */
  private void warnOfChanges(RunFiles files, Environment environment) {
    if (files.cells().isEmpty()) {
      return;
    }
    List<String> changed = environment.changedSince(files.env(), files.manifest().seed());
    if (!changed.isEmpty()) {
      out.printf(
          "  WARNING     otherwise than when the run began: %s%n", String.join(", ", changed));
    }
  }

  /** Several experiments, one after the other: how long each should take. */
  private void announce(List<Plan> plans) {
    Duration sum = Duration.ZERO;
    for (Plan plan : plans) {
      Duration estimate = plan.estimate(0);
      sum = sum.plus(estimate);
      out.printf(
          "  %-14s %10s, about %s min: %s%n",
          plan.experiment().name(),
          Prose.count(plan.size(), "cell"),
          ConsoleProgress.minutes(estimate),
          plan.experiment().question());
    }
    out.printf("  %-14s about %s min%n", "all", ConsoleProgress.minutes(sum));
  }

  private void measure(
      Plan plan, Goal goal, RunFiles files, Host host, CpuSplit cpus, @Nullable LivePage page)
      throws IOException {
    int before = files.finalCells().size();
    if (before == plan.size()) {
      return;
    }
    IntFunction<Duration> left = done -> goal.plan().estimate(done);
    IntSupplier cells = () -> goal.plan().size();
    try (ConsoleProgress console =
        new ConsoleProgress(
            before, cells, new TimeLeft(left, before), ConsoleProgress.onTerminal())) {
      Progress progress = console;
      if (page != null) {
        page.begins(files.manifest().purpose().question(), before, cells, left);
        progress = Progress.both(console, page);
      }
      Runner runner =
          new Runner(plan, goal, files.manifest().load().taskUnits(), cpus, host, files, progress);
      Interruption interruption =
          new Interruption(
              runner::stop,
              host,
              () ->
                  String.format(
                      "Stopped: %d of %d cells are kept in %s; the same command resumes.",
                      files.finalCells().size(), files.manifest().grid().cells(), files.folder()),
              out);
      Runtime.getRuntime().addShutdownHook(interruption);
      runner.run();
      interruption.over();
    }
  }

  private int conclude(Goal goal, RunFiles files) throws IOException {
    files.endedAfter(goal.plan().blocks());
    Report.write(files.folder());
    RunIndex.around(files.folder());
    List<CellResult> cells = files.cells();
    long invalid = cells.stream().filter(cell -> !cell.valid()).count();
    double[] overheads =
        cells.stream()
            .map(c -> c.judgement().overheadSeconds())
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    if (overheads.length > 0) {
      out.printf(
          Locale.ROOT,
          "a cell took %.1f s besides its load and warm-up (median)%n",
          Median.withDefaults().evaluate(overheads));
    }
    out.printf(
        Locale.ROOT,
        "%s, %d invalid (%.0f %%)%n%s%n",
        Prose.count(cells.size(), "cell"),
        invalid,
        cells.isEmpty() ? 0.0 : 100.0 * invalid / cells.size(),
        files.folder().resolve("report.html"));
    Announcement.after(goal).forEach(out::println);
    return Answer.code(files);
  }

  /** The newest run of the same plan that has cells missing, else a new one. */
  private RunFiles openOrCreate(
      Path results, Plan plan, Host host, CpuSplit cpus, int taskUnits, Environment environment)
      throws IOException {
    String name = RunOptions.stamped(plan.experiment().name() + "-" + plan.experiment().profile());
    Manifest manifest =
        plan.manifest(name, options.invocation(), Plan.Place.of(host, cpus), taskUnits);
    Optional<RunFiles> unfinished = unfinished(results, manifest);
    if (unfinished.isPresent()) {
      return unfinished.get();
    }
    Recordings.keep(results.resolve(name), plan.experiment().arrivals());
    return RunFiles.create(results.resolve(name), manifest, environment.before(manifest.seed()));
  }

  private Optional<RunFiles> unfinished(Path results, Manifest wanted) throws IOException {
    try (Stream<Path> folders = Files.list(results)) {
      List<Path> runs =
          folders
              .filter(folder -> Files.isRegularFile(folder.resolve("plan.json")))
              .sorted((a, b) -> b.compareTo(a))
              .toList();
      for (Path run : runs) {
        RunFiles files;
        try {
          files = RunFiles.open(run);
        } catch (IOException e) {
          out.printf("%s is not resumed: %s%n", run, e.getMessage());
          continue;
        }
        if (files.manifest().samePlanAs(wanted)
            && files.finalCells().size() < wanted.grid().cells()) {
          return Optional.of(files);
        }
      }
      return Optional.empty();
    }
  }
}
