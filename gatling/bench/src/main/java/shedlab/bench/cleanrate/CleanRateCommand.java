package shedlab.bench.cleanrate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import shedlab.bench.cleanrate.profile.FlightRecording;
import shedlab.bench.cleanrate.profile.Profile;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.ProcessHost;
import shedlab.bench.host.Taskset;
import shedlab.bench.machine.Environment;
import shedlab.bench.outside.RunOptions;
import shedlab.bench.setting.Schema;
import shedlab.report.file.Scratch;
import shedlab.report.raw.SchedulePart;
import shedlab.spec.SpecException;

/** The command {@code clean-rate}; here because the package of the other commands is full. */
@Command(
    name = "clean-rate",
    description =
        "Measures how many requests a second load generators send on time, how that grows with"
            + " their number, and what a request costs them: about half an hour.")
public final class CleanRateCommand implements Callable<Integer> {
  /** The code if something could not be measured; as a run's whose cells are invalid. */
  private static final int DOUBTFUL = 4;

  private static final List<Integer> NUMBERS = List.of(1, 2, 4);

  @Mixin private RunOptions options = new RunOptions();

  @Option(
      names = "--server",
      defaultValue = "netty",
      paramLabel = "NAME",
      description = "Who refuses the requests (default: ${DEFAULT-VALUE}).")
  private String server = "netty";

  @Option(
      names = "--injectors",
      defaultValue = "1 2 4",
      paramLabel = "NUMBERS",
      description = "Numbers of load generators, separated by blanks (default: ${DEFAULT-VALUE}).")
  private String injectors = "";

  @Option(
      names = "--beside",
      paramLabel = "FLAGS",
      description =
          "JVM flags of a second kind of load generators, measured in turn with those that runs"
              + " start, such as -Dio.netty.eventLoopThreads=2.")
  private String beside = "";

  @Option(
      names = "--profile",
      defaultValue = "0",
      paramLabel = "1",
      description =
          "Then runs the first number of load generators at their greatest clean rate with a flight"
              + " recorder: which methods and which threads use their CPU.")
  private String profile = "0";

  @Override
  public Integer call() throws IOException {
    SpecException.check(
        Schema.SERVER_NAMES.contains(server),
        "server",
        server,
        "one of " + String.join(" ", Schema.SERVER_NAMES));
    Pace pace = options.quick() ? Pace.QUICK : Pace.WHOLE;
    List<Generators> subjects = subjects(numbers(injectors), flags(beside));
    boolean profiled = RunOptions.flag("profile", profile);
    if (profiled) {
      FlightRecording.requireJdk();
    }
    Distributions distributions = Distributions.of(options.project());
    CpuSplit machine = CpuSplit.ofThisMachine();
    Taskset.pinThisProcess(machine.injectorList());
    try (Scratch scratch = Scratch.create()) {
      CleanRateFiles files =
          new CleanRateFiles(
              options.folder("clean-rate"),
              subjects,
              machine,
              server,
              pace,
              environment(distributions, machine, scratch),
              options.invokedAs());
      files.begin();
      announce(subjects, machine, pace, files);
      Comparison comparison =
          new Comparison(
              distributions, machine, scratch.folder(), server, pace, System.out::println);
      Runtime.getRuntime().addShutdownHook(new Thread(comparison::stop, "shedlab-clean-rate-end"));
      comparison.run(subjects, findings -> files.write(findings, null));
      if (profiled) {
        Profile seen = new Profiling(comparison, scratch.folder()).of(subjects.get(0));
        files.write(comparison.findings(), seen);
      }
      System.out.println(files.report());
      return comparison.findings().gaps().isEmpty() ? 0 : DOUBTFUL;
    }
  }

  private static List<Integer> numbers(String text) {
    String rule = "numbers from 1 to " + SchedulePart.MOST + " such as 1 2 4, each once";
    List<Integer> numbers = new ArrayList<>();
    for (String word : text.isBlank() ? new String[0] : text.strip().split("[\\s,]+", -1)) {
      SpecException.check(word.matches("[1-9][0-9]?"), "injectors", text, rule);
      numbers.add(Integer.valueOf(word));
    }
    boolean right =
        numbers.stream().allMatch(number -> number <= SchedulePart.MOST)
            && numbers.stream().distinct().count() == numbers.size();
    SpecException.check(right, "injectors", text, rule);
    return numbers.isEmpty() ? NUMBERS : List.copyOf(numbers);
  }

  /** Those of a JVM begin with a hyphen; another word would be taken for a program. */
  private static List<String> flags(String text) {
    List<String> flags = text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
    SpecException.check(
        flags.stream().allMatch(flag -> flag.matches("-[DX][\\p{Graph}]+")),
        "beside",
        text,
        "flags of a JVM that begin with -D or -X, separated by blanks");
    return flags;
  }

  /** Beside each number as runs have it the same with flags, so that they follow each other. */
  private static List<Generators> subjects(List<Integer> numbers, List<String> flags) {
    List<Generators> subjects = new ArrayList<>();
    for (int number : numbers) {
      subjects.add(Generators.asRuns(number));
      if (!flags.isEmpty()) {
        subjects.add(new Generators(number, flags));
      }
    }
    return List.copyOf(subjects);
  }

  private static Map<String, String> environment(
      Distributions distributions, CpuSplit cpus, Scratch scratch) {
    try (ProcessHost host = new ProcessHost(distributions, cpus, scratch.folder())) {
      Map<String, String> facts = new LinkedHashMap<>(new Environment(host, cpus).before(0));
      facts.remove("seed"); // that of a load follows from its rate, block and attempt
      return facts;
    }
  }

  private void announce(
      List<Generators> subjects, CpuSplit machine, Pace pace, CleanRateFiles files) {
    System.out.println("How many requests a second do load generators send on time?");
    say("server      " + server + " on CPU " + machine.serverList());
    for (Generators each : subjects) {
      CpuSplit cpus = each.on(machine);
      String shared = cpus.injectorsShare() ? ", shared" : "";
      say("load        " + each.words() + " on CPU " + cpus.injectorLists() + shared);
    }
    double seconds = pace.blocks() * subjects.size() * pace.visitSeconds();
    say("time        about " + Math.round(seconds / 60) + " min");
    say("folder      " + files.folder());
  }

  private static void say(String line) {
    System.out.println("  " + line);
  }
}
