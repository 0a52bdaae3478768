package shedlab.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import shedlab.report.index.RunIndex;
import shedlab.spec.SpecException;

@Command(name = "index", description = "Writes index.html, the page of all runs of a folder.")
final class IndexCommand implements Callable<Integer> {
  @Option(
      names = "--results",
      defaultValue = "results",
      paramLabel = "FOLDER",
      description = "The folder of the runs (default: ${DEFAULT-VALUE}).")
  private Path results = Path.of("results");

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(results)) {
      throw new SpecException("results", results, "a folder of runs");
    }
    System.out.println(RunIndex.write(results));
    return 0;
  }
}
