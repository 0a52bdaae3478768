package shedlab.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import shedlab.bench.container.Docker;
import shedlab.bench.container.Engine;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.Host;
import shedlab.bench.host.HostException;
import shedlab.bench.host.ProcessHost;
import shedlab.bench.machine.Doctor;
import shedlab.bench.machine.Finding;
import shedlab.bench.machine.Machine;
import shedlab.bench.outside.RunOptions;
import shedlab.report.file.Scratch;
import shedlab.report.raw.Floor;

@Command(
    name = "doctor",
    description = "Says what would spoil results on this machine, and how to fix it.")
final class DoctorCommand implements Callable<Integer> {
  private static final Duration FLOOR = Duration.ofSeconds(2);

  @Option(
      names = "--strict",
      defaultValue = "false",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "1",
      description = "Ends with code 4 if there are warnings.")
  private String strict = "false";

  @Option(
      names = "--results",
      defaultValue = "results",
      paramLabel = "FOLDER",
      description = "Where runs would be written (default: ${DEFAULT-VALUE}).")
  private Path results = Path.of("results");

  @Option(
      names = "--project",
      defaultValue = ".",
      paramLabel = "FOLDER",
      description = "The folder of the built project (default: ${DEFAULT-VALUE}).")
  private Path project = Path.of(".");

  @Option(
      names = "--root",
      defaultValue = "/",
      hidden = true,
      paramLabel = "FOLDER",
      description = "The folder of proc and sys.")
  private Path root = Path.of("/");

  @Override
  public Integer call() {
    boolean failing = RunOptions.flag("strict", strict);
    List<Finding> findings =
        Doctor.findings(
            new Machine(root),
            DoctorCommand::engine,
            DoctorCommand::second,
            this::floor,
            results,
            Runtime.version().feature());
    findings.forEach(finding -> System.out.println(finding.line()));
    long warnings = findings.stream().filter(finding -> !finding.ok()).count();
    System.out.println(
        warnings == 0
            ? "Nothing would spoil results here."
            : warnings + " of " + findings.size() + " would spoil results.");
    return failing && warnings > 0 ? ShedlabMain.DOUBTFUL : 0;
  }

  /** Of this machine; not of a folder that stands for one. */
  private Floor floor() {
    if (!root.equals(Path.of("/"))) {
      return Floor.NOT_MEASURED;
    }
    try (Scratch scratch = Scratch.create();
        Host host =
            new ProcessHost(
                Distributions.of(project), CpuSplit.ofThisMachine(), scratch.folder())) {
      return Floor.of(Objects.requireNonNull(host.wakeUps(FLOOR).get(Floor.ONE_MACHINE)));
    } catch (HostException | IOException e) {
      return Floor.NOT_MEASURED;
    }
  }

  private static Optional<Engine> engine() {
    try {
      return Docker.engine();
    } catch (HostException e) { // Testcontainers is not set up as make does it
      return Optional.empty();
    }
  }

  private static void second() {
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
