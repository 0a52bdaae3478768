package shedlab.gatling.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import shedlab.gatling.experiment.Experiment;
import shedlab.gatling.experiment.Plan;
import shedlab.gatling.experiment.Runner;
import shedlab.gatling.experiment.TaskSize;
import shedlab.gatling.host.CpuSplit;
import shedlab.gatling.host.Distributions;
import shedlab.gatling.host.Host;
import shedlab.gatling.machine.Environment;
import shedlab.gatling.report.Report;
import shedlab.gatling.result.CellResult;
import shedlab.gatling.result.Manifest;
import shedlab.gatling.result.RunFiles;

@Command(name = "bench", description = "Runs an experiment and writes its report.")
final class BenchCommand implements Callable<Integer> {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  @Mixin private final Asked asked = new Asked();

  @Option(names = "--host", defaultValue = "${env:HOST:-auto}")
  private String hostName = "auto";

  @Option(names = "--image", defaultValue = "${env:IMAGE:-}")
  private String image = "";

  @Option(names = "--server-image", defaultValue = "${env:SERVER_IMAGE:-}")
  private String serverImage = "";

  @Option(names = "--server-java", defaultValue = "${env:SERVER_JAVA:-}")
  private String serverJava = "";

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    Experiment experiment = asked.experiment();
    CpuSplit cpus = CpuSplit.ofThisMachine();
    Distributions distributions = Distributions.of(asked.project());
    Plan plan = Plan.of(experiment, cpus.server().size(), distributions::strategies);
    Path results = asked.results();
    HostChoice choice = HostChoice.of(hostName, image, serverImage, serverJava);
    Pinning.pinThisProcess(cpus.injectorList());
    int taskUnits = TaskSize.units(experiment.task());

    Path scratch = Files.createTempDirectory("shedlab-");
    try (Host host = choice.open(distributions, cpus, scratch)) {
      Environment environment = new Environment(host, cpus);
      RunFiles files = openOrCreate(results, plan, host, cpus, taskUnits, environment);
      announce(plan, files, choice);
      measure(plan, files, host, cpus);
      files.ended(environment.after());
      return files.cells().size() == plan.size() ? conclude(files) : ShedlabMain.BROKE_OFF;
    }
  }

  private void measure(Plan plan, RunFiles files, Host host, CpuSplit cpus) throws IOException {
    int before = files.cells().size();
    if (before == plan.size()) {
      return;
    }
    try (ConsoleProgress progress =
        new ConsoleProgress(
            before, plan.size(), plan.estimate(before), ConsoleProgress.onTerminal())) {
      Runner runner = new Runner(plan, files.manifest().taskUnits(), cpus, host, files, progress);
      Interruption interruption = new Interruption(runner, host, files, out);
      Runtime.getRuntime().addShutdownHook(interruption);
      runner.run();
      interruption.over();
    }
  }

  private int conclude(RunFiles files) throws IOException {
    Report.write(files.folder());
    List<CellResult> cells = files.cells();
    long invalid = cells.stream().filter(cell -> !cell.valid()).count();
    out.printf(
        Locale.ROOT,
        "%d cells, %d invalid (%.0f %%)%n%s%n",
        cells.size(),
        invalid,
        cells.isEmpty() ? 0.0 : 100.0 * invalid / cells.size(),
        files.folder().resolve("report.html"));
    boolean doubtful = files.manifest().evidence() && 10 * invalid > cells.size();
    return doubtful ? ShedlabMain.DOUBTFUL : 0;
  }

  /** The newest run of the same plan that has cells missing, else a new one. */
  private RunFiles openOrCreate(
      Path results, Plan plan, Host host, CpuSplit cpus, int taskUnits, Environment environment)
      throws IOException {
    String name =
        LocalDateTime.now(ZoneId.systemDefault()).format(STAMP)
            + "-"
            + plan.experiment().name()
            + "-"
            + plan.experiment().profile();
    Manifest manifest = plan.manifest(name, host.kind(), host.image(), cpus, taskUnits);
    Optional<RunFiles> unfinished = unfinished(results, manifest);
    return unfinished.isPresent()
        ? unfinished.get()
        : RunFiles.create(results.resolve(name), manifest, environment.before(manifest.seed()));
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
        if (files.manifest().samePlanAs(wanted) && files.cells().size() < wanted.cells()) {
          return Optional.of(files);
        }
      }
      return Optional.empty();
    }
  }

  private void announce(Plan plan, RunFiles files, HostChoice choice) {
    Manifest manifest = files.manifest();
    int done = files.cells().size();
    out.println(manifest.question());
    out.printf(
        "  profile     %s%s%n", manifest.profile(), manifest.evidence() ? "" : " (not evidence)");
    out.printf("  servers     %s%n", String.join(", ", manifest.servers()));
    manifest.strategies().forEach(strategy -> out.printf("  strategy    %s%n", strategy));
    plan.leftOut().forEach(pair -> out.printf("  left out    %s%n", pair));
    out.printf("  loads       %s times the measured capacity%n", manifest.loads());
    out.printf(
        "  host        %s, server on CPU %s, injector on CPU %s%s%n",
        choice.explanation(),
        manifest.serverCpus(),
        manifest.injectorCpus(),
        manifest.serverCpus().equals(manifest.injectorCpus()) ? " (the same: not evidence)" : "");
    out.printf(
        "  cells       %d%s, about %s min%n",
        manifest.cells(),
        done == 0 ? "" : " (" + done + " already measured)",
        ConsoleProgress.minutes(plan.estimate(done)));
    out.printf("  results     %s%n", files.folder());
  }
}
