package shedlab.bench.advise;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import shedlab.bench.league.ContenderFile;
import shedlab.bench.log.AccessLog;
import shedlab.bench.log.SampleFile;
import shedlab.report.file.WholeFile;
import shedlab.report.league.Contender;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;

/** Prints which strategy to use for a service, and writes nothing that is not asked for. */
@Command(
    name = "advise",
    description =
        "Says which strategy a service should use, with which settings, how sure that is and where it"
            + " breaks.")
public final class AdviseCommand implements Callable<Integer> {
  @Option(
      names = "--cores",
      required = true,
      paramLabel = "NUMBER",
      description = "How many CPU cores the server has.")
  private String cores = "";

  @Option(
      names = "--deadline",
      required = true,
      paramLabel = "TIME",
      description = "Up to when an answer is of use, such as 200ms.")
  private String deadline = "";

  @Option(
      names = "--task",
      paramLabel = "TIME",
      description = "The mean CPU time of a request, such as 20ms.")
  private String task = "";

  @Option(
      names = "--law",
      paramLabel = "LAW",
      description =
          "How requests differ in size: deterministic, exponential, lognormal:cv=1, bimodal, pareto.")
  private String law = "";

  @Option(
      names = "--cv",
      paramLabel = "NUMBER",
      description = "The same as the standard deviation over the mean.")
  private String cv = "";

  @Option(
      names = "--samples",
      paramLabel = "FILE",
      description = "Service times instead: a number per line, in milliseconds or with a unit.")
  private @Nullable Path samples;

  @Option(
      names = "--column",
      paramLabel = "NAME",
      description = "The column of the samples, if they are a CSV file.")
  private String column = "";

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      description = "Requests per second such as 180/s, or in capacities: 1.5x, which is assumed.")
  private String rate = "";

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description =
          "An access log, for arrivals and durations: nginx, Apache, Envoy JSON or CSV; it stays here.")
  private @Nullable Path log;

  @Option(
      names = "--trace-into",
      paramLabel = "FILE",
      description = "Writes the arrivals of the log as make bench reads them.")
  private @Nullable Path trace;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "After which clients leave (default: four deadlines).")
  private String timeout = "";

  @Option(
      names = "--workers-per-cpu",
      defaultValue = "4",
      paramLabel = "NUMBER",
      description = "Worker threads of the server for each core (default: ${DEFAULT-VALUE}).")
  private String workers = "4";

  @Option(
      names = "--contenders",
      defaultValue = "gatling/league/contenders.properties",
      paramLabel = "FILE",
      description = "The strategies to choose from (default: ${DEFAULT-VALUE}).")
  private Path contenders = Path.of("gatling/league/contenders.properties");

  @Override
  public Integer call() throws IOException {
    @Nullable Path logFile = log;
    @Nullable Path traceFile = trace;
    SpecException.check(
        traceFile == null || logFile != null, "trace-into", String.valueOf(traceFile), "a log too");
    SpecException.check(column.isEmpty() || samples != null, "column", column, "samples too");
    int count = Question.CORES.read(cores);
    AccessLog access =
        logFile == null
            ? null
            : AccessLog.read(logFile, Parameter.duration("deadline", "").read(deadline), count);
    SampleFile.Samples known = samples == null ? null : SampleFile.read(samples, column);
    ServiceTime time = ServiceTime.of(new ServiceTime.Given(task, law, cv), known, access, count);
    Question question = Question.of(count, workers, deadline, timeout, rate, time, access);
    List<Contender> all = ContenderFile.read(contenders);
    Advice advice = Advice.on(question, all, Effort.BUDGET);
    System.out.print(AdviceText.of(advice));
    if (access != null) {
      System.out.print(LogText.of(advice, access));
    }
    if (access != null && traceFile != null) {
      write(traceFile, access);
      System.out.print(LogText.replay(advice, access, traceFile));
    }
    System.out.print(AdviceText.caveats());
    return 0;
  }

  private static void write(Path file, AccessLog log) throws IOException {
    WholeFile.write(file, log.part().arrivals().trace().orElseThrow().text(), false);
  }
}
