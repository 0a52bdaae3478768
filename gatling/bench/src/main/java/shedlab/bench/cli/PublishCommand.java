package shedlab.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import shedlab.report.index.RunIndex;
import shedlab.report.publish.Publication;
import shedlab.spec.SpecException;

@Command(
    name = "publish",
    description = "Copies a run to results/reference..., and writes its block into the READMEs.")
final class PublishCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  private Path run = Path.of("");

  @Option(
      names = "--results",
      defaultValue = "results",
      paramLabel = "FOLDER",
      description =
          "Where published runs are kept, with their RUNS.md (default: ${DEFAULT-VALUE}).")
  private Path results = Path.of("");

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(run.resolve("plan.json"))) {
      throw new SpecException("run", run, "the folder of a run, with its plan.json");
    }
    Path published = Publication.of(run, results);
    RunIndex.around(published);
    System.out.println(published.resolve("report.html"));
    return 0;
  }
}
