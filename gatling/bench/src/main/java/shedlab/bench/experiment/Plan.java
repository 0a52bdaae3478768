package shedlab.bench.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.bench.experiment.Setting.Answer;
import shedlab.bench.experiment.Setting.FreshServer;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.KnownStrategy;
import shedlab.report.result.Manifest;
import shedlab.report.result.Variant;
import shedlab.spec.SpecException;

/**
 * Every cell of a run, in the order in which it will be measured: blocks that hold each server,
 * strategy and variant once, shuffled by the seed, so that drift of the machine does not favour
 * anyone.
 *
 * @param cpus of the server
 * @param reference canonical text of what the others are compared with; empty for none
 * @param groups cells that share one fresh server, in rising load
 * @param leftOut what has no cell, and why
 */
public record Plan(
    Experiment experiment,
    int cpus,
    List<String> strategies,
    String reference,
    List<Group> groups,
    List<String> leftOut) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?:\\*([0-9]{1,4}))?}");

  /** Filled in when a server's capacity is known. */
  private static final String CAPACITY = "${capacity}";

  /** Stands for it while a strategy's text is checked. */
  private static final String ANY_CAPACITY = "987654321";

  /** What a server start, probe and stop take, for the estimate. */
  private static final Duration PER_SERVER = Duration.ofSeconds(4);

  /** What a cell takes besides its load: reports, settling. */
  private static final Duration PER_CELL = Duration.ofMillis(2_300);

  /** What the start of the injector takes. */
  private static final Duration INJECTOR = Duration.ofSeconds(10);

  /** The cells that share a server. */
  public record Group(
      String server, String strategy, String variant, int repeat, List<Cell> cells) {}

  /**
   * The plan of an experiment on a server with {@code cpus} CPUs. A strategy that only some servers
   * can run has cells on those alone.
   *
   * @param virtualThreads whether the servers' JVM has them
   * @param registry knows every strategy that can be named, in the order asked
   * @throws SpecException if a strategy is there twice, or runs on none of the servers
   */
  public static Plan of(
      Experiment experiment,
      int cpus,
      boolean virtualThreads,
      Function<List<String>, List<KnownStrategy>> registry) {
    List<String> written = written(experiment, "", cpus);
    List<KnownStrategy> known =
        registry
            .apply(written.stream().map(text -> text.replace(CAPACITY, ANY_CAPACITY)).toList())
            .stream()
            .map(k -> new KnownStrategy(k.text().replace(ANY_CAPACITY, CAPACITY), k.servers()))
            .toList();
    List<String> strategies = known.stream().map(KnownStrategy::text).toList();
    for (int i = 0; i < known.size(); i++) {
      if (strategies.indexOf(strategies.get(i)) < i) {
        throw new SpecException("strategies", written.get(i), "each once");
      }
      if (Collections.disjoint(known.get(i).servers(), experiment.servers())) {
        throw new SpecException(
            "servers", experiment.servers(), known.get(i).servers() + " for " + written.get(i));
      }
    }
    String reference = reference(experiment, cpus, written, strategies);
    List<String> leftOut = new ArrayList<>();
    List<Variant> variants = possible(experiment, cpus, virtualThreads, written, leftOut);
    List<Group> groups = new ArrayList<>();
    for (int repeat = 1; repeat <= experiment.repeats(); repeat++) {
      List<Group> block = new ArrayList<>();
      for (String server : experiment.servers()) {
        for (int i = 0; i < known.size(); i++) {
          KnownStrategy strategy = known.get(i);
          if (!strategy.servers().contains(server)) {
            if (repeat == 1) {
              leftOut.add(strategy.text() + " on " + server);
            }
            continue;
          }
          for (Variant variant : variants) {
            if (written(experiment, variant.name(), cpus).contains(written.get(i))) {
              block.addAll(groups(experiment, server, strategy.text(), i, variant.name(), repeat));
            }
          }
          if (strategy.text().equals(reference)
              && experiment.settings().get(Setting.TWIN) == Answer.YES) {
            block.addAll(groups(experiment, server, strategy.text(), i, Variant.TWIN, repeat));
          }
        }
      }
      Collections.shuffle(block, new Random(31L * experiment.seed() + repeat));
      groups.addAll(block);
    }
    if (groups.isEmpty()) {
      throw new SpecException("variants", leftOut, "one that this machine and plan can run");
    }
    return new Plan(
        experiment, cpus, strategies, reference, List.copyOf(groups), List.copyOf(leftOut));
  }

  private static String reference(
      Experiment experiment, int cpus, List<String> written, List<String> strategies) {
    String text = experiment.settings().get(Setting.REFERENCE);
    int index = written.indexOf(fill(experiment, text, cpus));
    if (index < 0 && experiment.settings().get(Setting.TWIN) == Answer.YES) {
      throw new SpecException("reference", text, "one of the strategies, to have a twin");
    }
    // A narrowed run may be without it: then nothing is compared.
    return index < 0 ? "" : strategies.get(index);
  }

  /** The strategies of a variant's cells, filled in. */
  private static List<String> written(Experiment experiment, String variant, int cpus) {
    return experiment.of(variant).get(Setting.STRATEGIES).stream()
        .map(text -> fill(experiment, text, cpus))
        .toList();
  }

  /** Variants that this machine can run with one of the strategies. */
  private static List<Variant> possible(
      Experiment experiment,
      int cpus,
      boolean virtualThreads,
      List<String> strategies,
      List<String> leftOut) {
    List<Variant> possible = new ArrayList<>();
    for (Variant variant : experiment.variants()) {
      Settings settings = experiment.of(variant.name());
      if (settings.get(Setting.IO_CPU).equals("own") && cpus < 2) {
        leftOut.add(variant.name() + ": io-cpu=own needs two CPUs for the server");
      } else if (settings.get(Setting.TASK_ON).equals("virtual") && !virtualThreads) {
        leftOut.add(
            variant.name() + ": task-on=virtual needs JDK 21, see SERVER_JAVA, SERVER_IMAGE");
      } else if (Collections.disjoint(strategies, written(experiment, variant.name(), cpus))) {
        leftOut.add(variant.name() + ": has none of this run's strategies");
      } else {
        possible.add(variant);
      }
    }
    return possible;
  }

  private static List<Group> groups(
      Experiment experiment,
      String server,
      String strategy,
      int number,
      String variant,
      int repeat) {
    List<Cell> cells = new ArrayList<>();
    for (double load : experiment.loads()) {
      String id =
          String.format(
              Locale.ROOT,
              "%s-%d-%s-%s%sx-r%d",
              server,
              number + 1,
              strategy.replaceAll(":[^+]*", ""),
              variant.isEmpty() ? "" : variant + "-",
              Double.toString(load),
              repeat);
      cells.add(new Cell(id, server, strategy, variant, load, repeat));
    }
    if (experiment.freshServer() == FreshServer.STRATEGY) {
      return List.of(new Group(server, strategy, variant, repeat, List.copyOf(cells)));
    }
    return cells.stream()
        .map(c -> new Group(server, strategy, variant, repeat, List.of(c)))
        .toList();
  }

  /** The worker threads of a server in a variant. */
  int workers(String variant) {
    return experiment.of(variant).get(Setting.WORKERS_PER_CPU) * cpus;
  }

  /** A strategy's text once a server's capacity is known. */
  static String filled(String strategy, double capacityPerSecond) {
    return strategy.replace(CAPACITY, String.format(Locale.ROOT, "%.2f", capacityPerSecond));
  }

  /** How many cells. */
  public int size() {
    return groups.stream().mapToInt(group -> group.cells().size()).sum();
  }

  /** How long the plan should take when {@code done} of its cells are measured already. */
  public Duration estimate(int done) {
    return Duration.ofMillis(whole().toMillis() * (size() - done) / size());
  }

  /** What is written to the run's folder before the first second. */
  public Manifest manifest(String run, String host, String image, CpuSplit cpus, int taskUnits) {
    return manifest(
        run, host, image, cpus.serverList(), cpus.injectorList(), !cpus.shared(), taskUnits);
  }

  Manifest manifest(
      String run,
      String host,
      String image,
      String serverCpus,
      String injectorCpus,
      boolean apart,
      int taskUnits) {
    Settings plain = experiment.settings();
    return Manifest.of(
        run,
        List.of(),
        new Manifest.Purpose(
            experiment.name(),
            experiment.question(),
            experiment.profile(),
            experiment.evidence() && apart),
        new Manifest.Grid(
            experiment.servers(),
            strategies,
            reference,
            experiment.variants(),
            experiment.loads(),
            experiment.repeats(),
            experiment.freshServer().name().toLowerCase(Locale.ROOT),
            size()),
        new Manifest.CellLoad(
            experiment.phases(),
            experiment.deadline().toMillis(),
            plain.get(Setting.TIMEOUT).toMillis(),
            experiment.warmUp().toSeconds(),
            experiment.leadIn().toSeconds(),
            experiment.measure().toSeconds(),
            taskUnits),
        new Manifest.SetUp(
            host,
            image,
            workers(""),
            plain.get(Setting.IO_THREADS),
            plain.get(Setting.WORKER_NICE),
            plain.get(Setting.COMPILER_NICE),
            serverCpus,
            injectorCpus),
        experiment.seed(),
        plain.text());
  }

  private Duration whole() {
    Duration load = experiment.leadIn().plus(experiment.measure());
    Duration perServer = PER_SERVER.plus(experiment.warmUp());
    Duration calibration =
        perServer.plus(load).plus(experiment.warmUp().multipliedBy(3).dividedBy(2));
    int calibrations = experiment.evidence() ? 2 : 1; // before the cells and after them
    return INJECTOR
        .plus(experiment.warmUp().multipliedBy(2))
        .plus(calibration.multipliedBy((long) calibrations * experiment.servers().size()))
        .plus(perServer.multipliedBy(groups.size()))
        .plus(load.plus(PER_CELL).multipliedBy(size()));
  }

  private static String fill(Experiment experiment, String written, int cpus) {
    return VARIABLE
        .matcher(written)
        .replaceAll(found -> Matcher.quoteReplacement(value(experiment, written, found, cpus)));
  }

  private static String value(Experiment experiment, String written, MatchResult found, int cpus) {
    Settings plain = experiment.settings();
    int value =
        switch (found.group(1)) {
          case "cpus" -> cpus;
          case "workers" -> plain.get(Setting.WORKERS_PER_CPU) * cpus;
          case "deadline" -> Math.toIntExact(experiment.deadline().toMillis());
          case "capacity" -> 0;
          default ->
              throw new SpecException(
                  "strategies", written, "${cpus}, ${workers}, ${deadline} or ${capacity}");
        };
    if (found.group(1).equals("capacity")) {
      return CAPACITY;
    }
    int times = found.group(2) == null ? 1 : Integer.parseInt(found.group(2));
    return value * times + (found.group(1).equals("deadline") ? "ms" : "");
  }
}
