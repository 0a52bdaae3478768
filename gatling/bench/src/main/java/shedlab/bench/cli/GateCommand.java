package shedlab.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import shedlab.report.compare.Comparison;
import shedlab.report.result.RunFiles;

@Command(
    name = "gate",
    description =
        "Fails with code 5 if a run is worse than an earlier one beyond noise, with code 6 if the two"
            + " cannot be compared.")
final class GateCommand implements Callable<Integer> {
  @Option(
      names = "--base",
      required = true,
      paramLabel = "RUN",
      description = "The earlier run's folder.")
  private Path base = Path.of("");

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description =
          "The later run's folder (default: the newest complete run of the base's experiment, profile and host).")
  private Path run = Path.of("");

  @Option(
      names = "--results",
      defaultValue = "results",
      paramLabel = "FOLDER",
      description = "Where runs are, and where the summary is written (default: ${DEFAULT-VALUE}).")
  private Path results = Path.of("results");

  @Override
  public Integer call() throws IOException {
    RunFiles earlier = RunFolder.open("base", base);
    RunFiles later =
        run.toString().isEmpty()
            ? RunFolder.newestLike(earlier, results)
            : RunFolder.open("run", run);
    Comparison comparison = Comparison.of(earlier, later);
    List<String> obstacles = new ArrayList<>(comparison.obstacles());
    comparison.powerless().ifPresent(obstacles::add);
    comparison.lost().ifPresent(obstacles::add);
    if (!obstacles.isEmpty()) {
      System.out.println("run  " + later.folder() + "\nbase " + earlier.folder());
      System.err.println("shedlab: " + obstacles.get(0));
      return ShedlabMain.NOT_COMPARABLE;
    }
    Files.createDirectories(results);
    Path file = results.resolve("gate-" + comparison.names() + ".md");
    Files.writeString(file, comparison.summary(true));
    System.out.println(comparison.summary(false));
    System.out.println(file);
    return comparison.regressions().isEmpty() ? 0 : ShedlabMain.REGRESSION;
  }
}
