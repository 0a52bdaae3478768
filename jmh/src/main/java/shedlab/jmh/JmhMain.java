package shedlab.jmh;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import shedlab.spec.SpecException;

/**
 * What a decision costs: measures, and writes the page. JMH's own command line, for a look at one
 * benchmark, is {@code java -cp jmh.jar org.openjdk.jmh.Main -h}.
 */
@Command(name = "jmh", description = "What a decision costs.", mixinStandardHelpOptions = true)
public final class JmhMain {
  private static final int BAD_INPUT = 2;
  private static final String RESULTS = "jmh.json";

  /** Seconds per fork, start of the JVM included, to announce how long a run takes. */
  private static final double SECONDS_PER_FORK = 1.35;

  private JmhMain() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  static int execute(String... arguments) {
    return new CommandLine(new JmhMain())
        .setParameterExceptionHandler((e, args) -> say(String.valueOf(e.getMessage())))
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              if (e instanceof IOException || e instanceof IllegalArgumentException) {
                return say(String.valueOf(e.getMessage()));
              }
              throw e;
            })
        .execute(arguments);
  }

  private static int say(String message) {
    System.err.println("jmh: " + message.lines().findFirst().orElse(""));
    return BAD_INPUT;
  }

  @Command(name = "run", description = "Measures, round by round; each finished round is kept.")
  int run(
      @Parameters(paramLabel = "FOLDER", description = "gets jmh.json and JMH.md") Path folder,
      @Option(names = "--quick", description = "one round: shows that it runs, no evidence")
          boolean quick,
      @Option(names = "--rounds", defaultValue = "9", description = "default: 9") int rounds,
      @Option(names = "--seed", defaultValue = "1", description = "of the order; default: 1")
          long seed,
      @Option(names = "--only", defaultValue = "", description = "part of a benchmark's name")
          String only)
      throws IOException, RunnerException {
    int planned = quick ? 1 : rounds;
    if (planned < 1) {
      throw new SpecException("rounds", rounds, "1 or more");
    }
    Rounds all = new Rounds(only, seed, List.of("shedlab.seed=" + seed, "shedlab.cpu=" + cpu()));
    if (all.size() == 0) {
      throw new SpecException("only", only, "part of a benchmark's name");
    }
    Files.createDirectories(folder); // before minutes of measuring, not after
    print(
        "rounds: %d, of %d forks: about %s%n",
        planned, all.size(), time(planned * all.size() * SECONDS_PER_FORK));
    long started = System.nanoTime();
    for (int round = 1; round <= planned; round++) {
      all.run();
      try (PrintStream out = new PrintStream(folder.resolve(RESULTS).toFile(), "UTF-8")) {
        ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(all.results());
      }
      double perRound = (System.nanoTime() - started) / 1e9 / round;
      print("round %d of %d, %s left%n", round, planned, time((planned - round) * perRound));
    }
    Page page = new Page(Measurements.read(folder.resolve(RESULTS)));
    Files.writeString(folder.resolve("JMH.md"), page.markdown());
    System.out.println();
    System.out.print(page.markdown());
    System.out.println();
    System.out.println("Written: " + folder.resolve("JMH.md") + ", " + folder.resolve(RESULTS));
    return 0;
  }

  @Command(name = "section", description = "Prints a run's figures as jmh/README.md shows them.")
  int section(@Parameters(paramLabel = "FOLDER", description = "with jmh.json") Path folder)
      throws IOException {
    Measurements measured = Measurements.read(folder.resolve(RESULTS));
    Page page = new Page(measured);
    if (!page.isEvidence()) {
      throw new SpecException("rounds", measured.rounds(), "6 or more, to be published");
    }
    new PrintStream(System.out, true, StandardCharsets.UTF_8).print(page.section());
    return 0;
  }

  private static String time(double seconds) {
    return seconds < 90
        ? String.format(Locale.ROOT, "%.0f s", seconds)
        : String.format(Locale.ROOT, "%.0f min", seconds / 60);
  }

  private static String cpu() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    int cpus = Runtime.getRuntime().availableProcessors();
    if (!Files.exists(info)) {
      return cpus + " x " + System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(info)) {
      return cpus
          + " x "
          + lines
              .filter(line -> line.startsWith("model name"))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .findFirst()
              .orElse(System.getProperty("os.arch"));
    }
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
