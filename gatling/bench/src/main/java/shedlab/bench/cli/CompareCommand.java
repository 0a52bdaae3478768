package shedlab.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import shedlab.report.compare.Comparison;

@Command(
    name = "compare",
    description = "Compares two runs: what changed in them, and which figures differ beyond noise.")
final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "A", description = "The earlier run's folder.")
  private Path a = Path.of("");

  @Parameters(index = "1", paramLabel = "B", description = "The later run's folder.")
  private Path b = Path.of("");

  @Option(
      names = "--results",
      defaultValue = "results",
      paramLabel = "FOLDER",
      description = "Where the page is written (default: ${DEFAULT-VALUE}).")
  private Path results = Path.of("results");

  @Override
  public Integer call() throws IOException {
    Comparison comparison = Comparison.of(RunFolder.open("A", a), RunFolder.open("B", b));
    Files.createDirectories(results);
    Path page = results.resolve("compare-" + comparison.names() + ".html");
    Path text = results.resolve("compare-" + comparison.names() + ".md");
    Files.writeString(page, comparison.document().html());
    Files.writeString(text, comparison.document().markdown());
    for (Map.Entry<String, String> flame : comparison.flameGraphs().entrySet()) {
      Path folder = Files.createDirectories(results.resolve(comparison.flameFolder()));
      Files.writeString(folder.resolve(flame.getKey()), flame.getValue());
    }
    System.out.println(comparison.overview().markdown());
    System.out.println(page);
    return 0;
  }
}
