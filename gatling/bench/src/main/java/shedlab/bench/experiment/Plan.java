package shedlab.bench.experiment;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Host;
import shedlab.bench.host.KnownStrategy;
import shedlab.bench.setting.BlockKeys;
import shedlab.bench.setting.FleetKeys;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.ServerKeys;
import shedlab.bench.setting.Settings;
import shedlab.report.result.Manifest;
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
  /** Of a server; refusals and answers cost less than tasks. */
  private static final int CPUS_PER_IO_THREAD = 4;

  /** What a server start, probe and stop take, for the estimate. */
  private static final Duration PER_SERVER = Duration.ofSeconds(4);

  /** What the compilers of a server still do after a warm-up, before a cell may begin. */
  private static final Duration STEADY = Duration.ofSeconds(9);

  /** What taking another strategy takes besides warming it. */
  private static final Duration PER_EXCHANGE = Duration.ofMillis(1_500);

  /** What a cell takes besides its load: reports, settling. */
  private static final Duration PER_CELL = Duration.ofMillis(2_300);

  /** What the start of the injector takes. */
  private static final Duration INJECTOR = Duration.ofSeconds(10);

  /** What the noise floor takes, before the cells and after them. */
  private static final Duration FLOOR = Duration.ofSeconds(4);

  /** What the report takes at the end; more cells cost little. */
  private static final Duration REPORT = Duration.ofSeconds(5);

  /** The cells that share a server. */
  public record Group(String server, String variant, int repeat, List<Cell> cells) {
    Group and(Group more) {
      return new Group(
          server, variant, repeat, Stream.concat(cells.stream(), more.cells.stream()).toList());
    }

    /** How often the server takes another strategy. */
    int exchanges() {
      return (int) cells.stream().map(Cell::strategy).distinct().count() - 1;
    }
  }

  /**
   * The plan of an experiment on a server with {@code cpus} CPUs. A strategy that only some servers
   * can run has cells on those alone.
   *
   * @param jdk the version of the servers' JVM; the greatest number if nobody knows it
   * @param registry knows every strategy that can be named, in the order asked
   * @param targets the servers of the plan that are not ours, with the strategies that each has by
   *     itself
   * @param missing those of them that cannot be had here, with the reason
   * @throws SpecException if a strategy is there twice, or runs on none of the servers
   */
  public static Plan of(
      Experiment experiment,
      int cpus,
      int jdk,
      Function<List<String>, List<KnownStrategy>> registry,
      Map<String, List<String>> targets,
      Map<String, String> missing) {
    List<String> there =
        experiment.servers().stream().filter(server -> !missing.containsKey(server)).toList();
    Planner planner =
        new Planner(experiment.onSome(there), cpus, jdk, new LinkedHashMap<>(targets));
    return planner.plan(registry, missing);
  }

  /** The same without targets. */
  public static Plan of(
      Experiment experiment,
      int cpus,
      int jdk,
      Function<List<String>, List<KnownStrategy>> registry) {
    return of(experiment, cpus, jdk, registry, Map.of(), Map.of());
  }

  /** The worker threads of a server in a variant, or of each server of its fleet. */
  public int workers(String variant) {
    Settings settings = experiment.of(variant);
    return settings.get(Schema.WORKERS_PER_CPU) * FleetKeys.cpusOfEach(settings, cpus);
  }

  /** The I/O threads of a server in a variant. */
  public int ioThreads(String variant) {
    Settings settings = experiment.of(variant);
    int each = FleetKeys.cpusOfEach(settings, cpus);
    return settings.get(ServerKeys.IO_THREADS).orElse(Math.max(1, each / CPUS_PER_IO_THREAD));
  }

  /** What a server is started with in a variant: options by name. */
  public Map<String, String> serverOptions(String variant) {
    Map<String, String> options = new LinkedHashMap<>(experiment.of(variant).ofServer());
    options.put(ServerKeys.IO_THREADS.key(), Integer.toString(ioThreads(variant)));
    return options;
  }

  /** A strategy's text once a server's capacity is known. */
  public static String filled(String strategy, double capacityPerSecond) {
    return StrategyTemplate.withCapacity(strategy, capacityPerSecond);
  }

  /** The same for a cell: each server of a fleet has its part of the capacity. */
  public String filled(Cell cell, double capacityPerSecond) {
    int servers = FleetKeys.servers(experiment.of(cell.variant()));
    return filled(cell.strategy(), capacityPerSecond / servers);
  }

  /** How many blocks, each of which has every cell once. */
  public int blocks() {
    return groups.stream().mapToInt(Group::repeat).max().orElse(0);
  }

  /** The plan of the first blocks alone. */
  public Plan until(int blocks) {
    return new Plan(
        experiment,
        cpus,
        strategies,
        reference,
        groups.stream().filter(group -> group.repeat() <= blocks).toList(),
        leftOut);
  }

  /** How long a fresh server takes until it is warm, or up if it is to be cold. */
  public Duration start() {
    return start("");
  }

  private Duration start(String variant) {
    Duration steady = experiment.steady(variant) ? STEADY : Duration.ZERO;
    return PER_SERVER.plus(experiment.of(variant).get(Schema.WARM_UP)).plus(steady);
  }

  /** How many cells. */
  public int size() {
    return groups.stream().mapToInt(group -> group.cells().size()).sum();
  }

  /**
   * How long the plan should take once so many of its cells are measured. After the last of them,
   * runs that are evidence calibrate each server once more: a number above that of the cells counts
   * those.
   */
  public Duration estimate(int done) {
    Duration load = experiment.leadIn().plus(experiment.measure());
    Duration exchange = PER_EXCHANGE.plus(experiment.warmUp().dividedBy(10));
    Duration calibration =
        start().plus(load).plus(experiment.warmUp().multipliedBy(3).dividedBy(2));
    Duration left =
        done > 0 ? Duration.ZERO : INJECTOR.plus(FLOOR).plus(experiment.warmUp().multipliedBy(2));
    Set<String> calibrated = new HashSet<>();
    int cell = 0;
    for (Group group : groups) {
      int open = Math.min(group.cells().size(), cell + group.cells().size() - done);
      if (open > 0) {
        left = left.plus(load.plus(PER_CELL).multipliedBy(open));
      }
      boolean whole = open == group.cells().size();
      left =
          whole
              ? left.plus(start(group.variant())).plus(exchange.multipliedBy(group.exchanges()))
              : left;
      left = calibrated.add(group.server()) && whole ? left.plus(calibration) : left;
      cell += group.cells().size();
    }
    int again = experiment.evidence() ? experiment.servers().size() : 0; // after the cells
    again = Math.max(0, again - Math.max(0, done - size()));
    return left.plus(FLOOR).plus(REPORT).plus(calibration.multipliedBy(again));
  }

  /**
   * Where a run takes place.
   *
   * @param serverCpus as in {@code taskset}; likewise the next
   * @param apart false if both sides share CPUs, so that the run is no evidence
   */
  public record Place(
      String host, String image, String serverCpus, String injectorCpus, boolean apart) {
    /** On this machine. */
    public static Place of(Host host, CpuSplit cpus) {
      return new Place(
          host.kind(), host.image(), cpus.serverList(), cpus.injectorList(), !cpus.shared());
    }
  }

  /** What is written to the run's folder before the first second. */
  public Manifest manifest(String run, List<String> invocation, Place place, int taskUnits) {
    Settings plain = experiment.settings();
    Map<String, String> text = new LinkedHashMap<>(plain.text());
    text.put(BlockKeys.REPEATS.key(), Integer.toString(experiment.repeats()));
    text.put(ServerKeys.IO_THREADS.key(), Integer.toString(ioThreads("")));
    return Manifest.of(
        run,
        invocation,
        new Manifest.Purpose(
            experiment.name(),
            experiment.question(),
            experiment.profile(),
            experiment.evidence() && place.apart),
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
            plain.get(Schema.TIMEOUT).toMillis(),
            experiment.warmUp().toSeconds(),
            experiment.leadIn().toSeconds(),
            experiment.measure().toSeconds(),
            taskUnits),
        new Manifest.SetUp(
            place.host,
            place.image,
            workers(""),
            ioThreads(""),
            plain.get(ServerKeys.WORKER_NICE),
            plain.get(ServerKeys.COMPILER_NICE),
            place.serverCpus,
            place.injectorCpus),
        experiment.seed(),
        text);
  }
}
