package shedlab.gatling.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import shedlab.gatling.experiment.Experiment;
import shedlab.gatling.experiment.Plan;
import shedlab.gatling.experiment.Runner;
import shedlab.gatling.experiment.TaskSize;
import shedlab.gatling.host.CpuSplit;
import shedlab.gatling.host.Distributions;
import shedlab.gatling.host.Host;
import shedlab.gatling.report.Report;
import shedlab.gatling.result.CellResult;
import shedlab.gatling.result.Manifest;
import shedlab.gatling.result.RunFiles;
import shedlab.spec.SpecException;

@Command(name = "bench", description = "Runs an experiment and writes its report.")
final class BenchCommand implements Callable<Integer> {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  @Option(names = "--experiment", defaultValue = "${env:E:-overload}")
  private String experiment = "overload";

  @Option(names = "--profile", defaultValue = "${env:PROFILE:-default}")
  private String profile = "default";

  @Option(names = "--servers", defaultValue = "${env:SERVERS:-}")
  private String servers = "";

  @Option(names = "--strategies", defaultValue = "${env:STRATEGIES:-}")
  private String strategies = "";

  @Option(names = "--loads", defaultValue = "${env:LOAD:-}")
  private String loads = "";

  @Option(names = "--set", defaultValue = "${env:SET:-}", description = "key=value, by spaces")
  private String settings = "";

  @Option(names = "--host", defaultValue = "${env:HOST:-auto}")
  private String hostName = "auto";

  @Option(names = "--image", defaultValue = "${env:IMAGE:-}")
  private String image = "";

  @Option(names = "--results", defaultValue = "results")
  private Path results = Path.of("results");

  @Option(names = "--project", defaultValue = ".")
  private Path project = Path.of(".");

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    Experiment asked = Experiment.load(experimentFile(), profile, overrides());
    CpuSplit cpus = CpuSplit.ofThisMachine();
    Distributions distributions = Distributions.of(project);
    Plan plan = Plan.of(asked, cpus.server().size(), distributions::strategies);
    requireWritable(results);
    HostChoice choice = HostChoice.of(hostName, image);
    Pinning.pinThisProcess(cpus.injectorList());
    int taskUnits = TaskSize.units(asked.task());

    Path scratch = Files.createTempDirectory("shedlab-");
    try (Host host = choice.open(distributions, cpus, scratch)) {
      RunFiles files = openOrCreate(plan, host, cpus, taskUnits);
      announce(plan, files, choice);
      measure(plan, files, host, cpus);
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

  private Path experimentFile() {
    if (experiment.endsWith(".properties")) {
      return Path.of(experiment);
    }
    Path folder = project.resolve("gatling/experiments");
    Path file = folder.resolve(experiment + ".properties");
    if (!Files.isRegularFile(file)) {
      throw new SpecException("experiment", experiment, "one of " + names(folder));
    }
    return file;
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".properties"))
          .map(name -> name.substring(0, name.lastIndexOf('.')))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private Map<String, String> overrides() {
    Map<String, String> overrides = new LinkedHashMap<>();
    for (String pair : settings.trim().split("\\s+", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        overrides.put(pair.substring(0, equals), pair.substring(equals + 1));
      } else if (!pair.isEmpty()) {
        throw new SpecException("set", pair, "key=value");
      }
    }
    Map.of("servers", servers, "strategies", strategies, "loads", loads)
        .forEach(
            (key, value) -> {
              if (!value.isBlank()) {
                overrides.put(key, value);
              }
            });
    return overrides;
  }

  private static void requireWritable(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".writable", ""));
    } catch (IOException e) {
      throw new SpecException("results", folder, "a folder that can be written to");
    }
  }

  /** The newest run of the same plan that has cells missing, else a new one. */
  private RunFiles openOrCreate(Plan plan, Host host, CpuSplit cpus, int taskUnits)
      throws IOException {
    String name =
        LocalDateTime.now(ZoneId.systemDefault()).format(STAMP)
            + "-"
            + plan.experiment().name()
            + "-"
            + plan.experiment().profile();
    Manifest manifest = plan.manifest(name, host.kind(), host.image(), cpus, taskUnits);
    Optional<RunFiles> unfinished = unfinished(manifest);
    return unfinished.isPresent()
        ? unfinished.get()
        : RunFiles.create(results.resolve(name), manifest, Environment.capture(host, cpus));
  }

  private Optional<RunFiles> unfinished(Manifest wanted) throws IOException {
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
