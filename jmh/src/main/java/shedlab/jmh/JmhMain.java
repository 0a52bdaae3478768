package shedlab.jmh;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks, prints one table and says in words what it shows.
 *
 * <p>{@code java -jar jmh.jar [--folder DIR] [-quick] [JMH options]}. The folder, if given, gets
 * {@code jmh.json} in JMH's own format. {@code -quick} is a smoke test: it shows that everything
 * runs, its figures mean nothing. All other arguments are JMH's own ({@code -h} lists them) and win
 * over the defaults here; with {@code -t} everything runs with that many threads only.
 */
public final class JmhMain {
  private JmhMain() {}

  /** See the class. */
  public static void main(String[] arguments)
      throws CommandLineOptionException, IOException, RunnerException {
    Path folder = null;
    boolean quick = false;
    List<String> jmh = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals("--folder") && i + 1 < arguments.length) {
        folder = Path.of(arguments[++i]);
      } else if (arguments[i].equals("-quick") || arguments[i].equals("--quick")) {
        quick = true;
      } else {
        jmh.add(arguments[i]);
      }
    }
    CommandLineOptions options = new CommandLineOptions(jmh.toArray(new String[0]));
    if (options.shouldHelp() || options.shouldList()) {
      org.openjdk.jmh.Main.main(jmh.toArray(new String[0]));
      return;
    }
    if (folder != null) {
      Files.createDirectories(folder); // before minutes of measuring, not after
    }

    List<Row> rows = new ArrayList<>();
    Collection<RunResult> results = run(options, quick);
    results.forEach(result -> rows.add(Row.of(result)));
    report(rows, System.out);
    if (folder != null) {
      Path file = folder.resolve("jmh.json");
      try (PrintStream out = new PrintStream(file.toFile(), "UTF-8")) {
        ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
      }
      System.out.println("JMH's own results: " + file);
    }
  }

  private static Collection<RunResult> run(CommandLineOptions options, boolean quick)
      throws RunnerException {
    if (options.getThreads().hasValue()) {
      return new Runner(common(options, quick).build()).run();
    }
    Collection<RunResult> results = new ArrayList<>();
    results.addAll(new Runner(common(options, quick).threads(1).build()).run());
    if (options.getIncludes().isEmpty()) {
      ChainedOptionsBuilder two =
          common(options, quick).include(DecisionBenchmark.class.getName()).threads(2);
      results.addAll(new Runner(two.build()).run());
    }
    return results;
  }

  private static ChainedOptionsBuilder common(CommandLineOptions options, boolean quick) {
    ChainedOptionsBuilder builder =
        new OptionsBuilder().parent(options).addProfiler(GCProfiler.class);
    if (!options.verbosity().hasValue()) {
      builder.verbosity(VerboseMode.SILENT);
    }
    if (quick) {
      TimeValue moment = TimeValue.milliseconds(20);
      builder.warmupIterations(1).warmupTime(moment);
      builder.measurementIterations(2).measurementTime(moment);
    }
    return builder;
  }

  /**
   * One line of the table. The sentences below it compare the fastest iterations: what else runs on
   * the machine can only make an iteration slower.
   */
  private record Row(
      String name, int threads, double nanos, double error, double fastest, double bytes) {
    static Row of(RunResult result) {
      String benchmark = result.getParams().getBenchmark();
      String name = benchmark.substring(benchmark.lastIndexOf('.') + 1);
      String parameters =
          result.getParams().getParamsKeys().stream()
              .map(key -> result.getParams().getParam(key))
              .collect(Collectors.joining(" "));
      Result<?> time = result.getPrimaryResult();
      Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
      return new Row(
          parameters.isEmpty() ? name : name + " " + parameters,
          result.getParams().getThreads(),
          time.getScore(),
          time.getScoreError(),
          result.getBenchmarkResults().stream()
              .flatMap(fork -> fork.getIterationResults().stream())
              .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
              .min()
              .orElse(time.getScore()),
          bytes == null ? Double.NaN : bytes.getScore());
    }
  }

  private static void report(List<Row> rows, PrintStream out) {
    int width = rows.stream().mapToInt(row -> row.name.length()).max().orElse(0);
    String name = "%-" + Math.max(width, 4) + "s";
    print(out, name + "  threads     ns/op     ± error   fastest      B/op%n", "name");
    for (Row row : rows) {
      print(
          out,
          name + "  %7d  %8.1f  %10s  %8.1f  %8.2f%n",
          row.name,
          row.threads,
          row.nanos,
          Double.isNaN(row.error) ? "-" : String.format(Locale.ROOT, "%.1f", row.error),
          row.fastest,
          row.bytes);
    }
    out.println();
    for (int threads = 1; threads <= 2; threads++) {
      compare(rows, out, threads, "refusal fixed:limit=20", "nanoTime");
      compare(rows, out, threads, "admitAndLeave fixed:limit=20", "admitAndLeaveNetflixFixed");
      compare(rows, out, threads, "admitAndLeave aimd", "admitAndLeaveNetflixAimd");
    }
    double least = Double.MAX_VALUE;
    double most = 0;
    for (Row row : rows) {
      if (row.name.matches("run \\d+")) {
        double perUnit = row.fastest / Integer.parseInt(row.name.substring("run ".length()));
        least = Math.min(least, perUnit);
        most = Math.max(most, perUnit);
      }
    }
    if (most > 0) {
      print(
          out,
          "CPU task: %.0f to %.0f ns per unit for 1 to 1000 units; linearity (most / least) %.3f%n",
          least,
          most,
          most / least);
    }
  }

  private static void compare(
      List<Row> rows, PrintStream out, int threads, String ours, String theirs) {
    Row left = find(rows, ours, threads);
    Row right = find(rows, theirs, threads);
    if (left != null && right != null) {
      print(
          out,
          "%s, %d thread%s: %.1f ns at the fastest, %.2f times %s (%.1f ns)%n",
          ours,
          threads,
          threads == 1 ? "" : "s",
          left.fastest,
          left.fastest / right.fastest,
          theirs,
          right.fastest);
    }
  }

  private static @Nullable Row find(List<Row> rows, String name, int threads) {
    return rows.stream()
        .filter(row -> row.name.equals(name) && row.threads == threads)
        .findFirst()
        .orElse(null);
  }

  private static void print(PrintStream out, String format, Object... values) {
    out.print(String.format(Locale.ROOT, format, values));
  }
}
