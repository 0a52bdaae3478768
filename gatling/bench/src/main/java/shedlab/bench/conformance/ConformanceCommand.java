package shedlab.bench.conformance;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import shedlab.bench.conformance.raw.Answer;
import shedlab.bench.experiment.OwnStrategy;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.Host;
import shedlab.bench.host.ProcessHost;
import shedlab.bench.host.RunningServer;
import shedlab.bench.host.ServerSettings;
import shedlab.bench.host.Taskset;
import shedlab.bench.targets.Target;
import shedlab.bench.targets.TargetHost;
import shedlab.bench.targets.Targets;
import shedlab.report.file.Scratch;

/** The command {@code conformance}. */
@Command(
    name = "conformance",
    description =
        "Tries whether a server in any language keeps the least of the contract, rule by rule.")
public final class ConformanceCommand implements Callable<Integer> {
  /** The code if a necessary rule is broken. */
  private static final int BROKEN = 8;

  /** Units of a request that names none: what our servers do too. */
  private static final int TASK_UNITS = 1_000;

  private static final int WORKERS_PER_CPU = 4;

  /** One of ours is tried under a limit: without one it sheds nothing. */
  private static final String STRATEGY_OF_OURS = "fixed:limit=4";

  private static final Target.Paths OURS =
      new Target.Paths(
          Target.Paths.USUAL.work(),
          Target.Paths.USUAL.health(),
          "/metrics",
          Target.Paths.USUAL.shed(),
          true);

  @Option(
      names = "--target",
      required = true,
      paramLabel = "TARGET",
      description =
          "A folder of servers/targets, url:http://HOST:PORT, image:NAME, cmd:COMMAND, or one of ours.")
  private String target = "";

  @Option(
      names = "--server-java",
      defaultValue = "",
      paramLabel = "JAVA",
      description = "The java that builds and runs targets on the JVM (default: this one).")
  private String serverJava = "";

  @Option(
      names = "--project",
      defaultValue = ".",
      paramLabel = "FOLDER",
      description = "The folder of the built project (default: ${DEFAULT-VALUE}).")
  private Path project = Path.of(".");

  @Override
  public Integer call() throws IOException {
    String word = target.strip();
    Targets targets = Targets.of(project, List.of(word));
    Target found = targets.find(word).orElse(null);
    if (found != null && found.origin() instanceof Target.Address address) {
      return report(trial(address.url(), found.paths(), OptionalInt.empty()));
    }
    boolean ours = found == null;
    Distributions distributions = Distributions.of(project);
    CpuSplit cpus = CpuSplit.ofThisMachine();
    ServerSettings settings =
        ServerSettings.of(
            word,
            ours ? STRATEGY_OF_OURS : OwnStrategy.NAME,
            TASK_UNITS,
            WORKERS_PER_CPU * cpus.server().size(),
            Map.of());
    Taskset.pinThisProcess(cpus.injectorList());
    try (Scratch scratch = Scratch.create();
        Host host = host(distributions, targets, cpus, scratch.folder());
        RunningServer server = host.startServer(settings)) {
      Target.Paths paths = found == null ? OURS : found.paths();
      Trial trial = trial(server.url(), paths, OptionalInt.of(TASK_UNITS));
      int code = report(trial);
      if (code != 0) {
        System.out.println("Its last line: " + Answer.shown(server.lastLine()));
      }
      return code;
    }
  }

  private Host host(Distributions distributions, Targets targets, CpuSplit cpus, Path folder) {
    ProcessHost host = new ProcessHost(distributions, cpus, folder, serverJava);
    return new TargetHost(host, targets, cpus, folder, serverJava, host.serverCommand(true));
  }

  private Trial trial(URI url, Target.Paths paths, OptionalInt taskUnits) {
    System.out.println("Does " + target.strip() + " keep the contract? At " + url + ":");
    return Trial.of(
        new Tried(url, paths, taskUnits, Bounds.ORDINARY),
        outcome -> System.out.println(outcome.line()));
  }

  private static int report(Trial trial) {
    if (!trial.ended().isEmpty()) {
      System.out.println("The other rules were " + trial.ended() + ".");
    }
    System.out.println(trial.summary() + ".");
    List<String> consequences = trial.consequences();
    if (!consequences.isEmpty()) {
      System.out.println("What that means for a run:");
      consequences.forEach(consequence -> System.out.println("  - " + consequence));
    }
    System.out.println(
        trial.isMeasurable()
            ? "It can be measured."
            : trial.isUndecided()
                ? "It is not known whether it can be measured."
                : "It cannot be measured.");
    return trial.isMeasurable() ? 0 : BROKEN;
  }
}
