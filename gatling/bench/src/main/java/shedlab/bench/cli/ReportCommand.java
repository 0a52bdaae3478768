package shedlab.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import shedlab.report.Report;
import shedlab.report.index.RunIndex;

@Command(name = "report", description = "Writes the report of a run again from its files.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  private Path run = Path.of("");

  @Override
  public Integer call() throws IOException {
    Report.write(RunFolder.open("run", run).folder());
    RunIndex.around(run);
    System.out.println(run.resolve("report.html"));
    return 0;
  }
}
