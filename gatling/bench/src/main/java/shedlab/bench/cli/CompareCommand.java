package shedlab.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import shedlab.bench.outside.RunOptions;
import shedlab.report.Document;
import shedlab.report.compare.Comparison;

@Command(
    name = "compare",
    description =
        "Compares two runs: whether they can be compared, which figures differ beyond noise, and what"
            + " changed.")
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

  @Option(
      names = "--all",
      defaultValue = "false",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "1",
      description = "Lists every comparison, also those without a difference.")
  private String all = "false";

  @Override
  public Integer call() throws IOException {
    boolean every = RunOptions.flag("all", all);
    Comparison comparison = Comparison.of(RunFolder.open("A", a), RunFolder.open("B", b));
    Files.createDirectories(results);
    Path page = results.resolve("compare-" + comparison.names() + ".html");
    Path text = results.resolve("compare-" + comparison.names() + ".md");
    Document document = comparison.document(every);
    Files.writeString(page, document.html());
    Files.writeString(text, document.markdown());
    for (Map.Entry<String, String> flame : comparison.flameGraphs().entrySet()) {
      Path folder = Files.createDirectories(results.resolve(comparison.flameFolder()));
      Files.writeString(folder.resolve(flame.getKey()), flame.getValue());
    }
    System.out.println(document.markdown());
    System.out.println(page);
    return 0;
  }
}
