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

@Command(
    name = "gate",
    description =
        "Fails if a run is worse than an earlier one beyond noise: code 5. Code 6 if the"
            + " two cannot be compared.")
final class GateCommand implements Callable<Integer> {
  @Option(names = "--base", required = true, description = "the earlier run's folder")
  private Path base = Path.of("");

  @Option(names = "--run", description = "the later one; the newest if not given")
  private Path run = Path.of("");

  @Option(names = "--results", defaultValue = "results", description = "where the summary goes")
  private Path results = Path.of("results");

  @Override
  public Integer call() throws IOException {
    Path later = run.toString().isEmpty() ? RunFolder.newest(results, base) : run;
    Comparison comparison =
        Comparison.of(RunFolder.open("base", base), RunFolder.open("run", later));
    List<String> obstacles = new ArrayList<>(comparison.obstacles());
    comparison.powerless().ifPresent(obstacles::add);
    if (!obstacles.isEmpty()) {
      System.err.println("shedlab: " + obstacles.get(0));
      return ShedlabMain.NOT_COMPARABLE;
    }
    Files.createDirectories(results);
    Path file = results.resolve("gate-" + comparison.names() + ".md");
    Files.writeString(file, comparison.summary());
    System.out.println(comparison.summary());
    System.out.println(file);
    return comparison.regressions().isEmpty() ? 0 : ShedlabMain.REGRESSION;
  }
}
