package shedlab.gatling.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import shedlab.gatling.experiment.Experiment.FreshServer;
import shedlab.gatling.host.CpuSplit;
import shedlab.gatling.host.KnownStrategy;
import shedlab.gatling.result.Manifest;
import shedlab.gatling.result.Phase;
import shedlab.gatling.result.Variant;
import shedlab.spec.SpecException;

/**
 * Every cell of a run, in the order in which it will be measured: blocks that hold each server and
 * strategy once, shuffled by the seed, so that drift of the machine does not favour anyone.
 *
 * @param groups cells that share one fresh server, in rising load
 * @param workers worker threads of every server
 */
public record Plan(
    Experiment experiment, int workers, List<String> strategies, List<Group> groups) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?:\\*([0-9]{1,4}))?}");

  /** What a server start, probe and stop take, for the estimate. */
  private static final Duration PER_SERVER = Duration.ofSeconds(4);

  /** What a cell takes besides its load: reports, settling. */
  private static final Duration PER_CELL = Duration.ofMillis(2_300);

  /** What the start of the injector takes. */
  private static final Duration INJECTOR = Duration.ofSeconds(10);

  /** The cells that share a server. */
  public record Group(String server, String strategy, int repeat, List<Cell> cells) {}

  /**
   * The plan of an experiment on a server with {@code cpus} CPUs. A strategy that only some servers
   * can run has cells on those alone.
   *
   * @param registry knows every strategy that can be named, in the order asked
   * @throws SpecException if a strategy is there twice, or runs on none of the servers
   */
  public static Plan of(
      Experiment experiment, int cpus, Function<List<String>, List<KnownStrategy>> registry) {
    int workers = experiment.workersPerCpu() * cpus;
    List<String> written =
        experiment.strategies().stream().map(text -> fill(text, cpus, workers)).toList();
    List<KnownStrategy> known = registry.apply(written);
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
    List<Group> groups = new ArrayList<>();
    for (int repeat = 1; repeat <= experiment.repeats(); repeat++) {
      List<Group> block = new ArrayList<>();
      for (String server : experiment.servers()) {
        for (KnownStrategy strategy : known) {
          if (strategy.servers().contains(server)) {
            block.addAll(groups(experiment, server, strategy.text(), strategies, repeat));
          }
        }
      }
      Collections.shuffle(block, new Random(31L * experiment.seed() + repeat));
      groups.addAll(block);
    }
    return new Plan(experiment, workers, List.copyOf(strategies), List.copyOf(groups));
  }

  private static List<Group> groups(
      Experiment experiment, String server, String strategy, List<String> strategies, int repeat) {
    List<Cell> cells = new ArrayList<>();
    for (double load : experiment.loads()) {
      String id =
          String.format(
              Locale.ROOT,
              "%s-%d-%s-%sx-r%d",
              server,
              strategies.indexOf(strategy) + 1,
              strategy.replaceAll(":[^+]*", ""),
              Double.toString(load),
              repeat);
      cells.add(new Cell(id, server, strategy, load, repeat));
    }
    if (experiment.freshServer() == FreshServer.STRATEGY) {
      return List.of(new Group(server, strategy, repeat, List.copyOf(cells)));
    }
    return cells.stream().map(c -> new Group(server, strategy, repeat, List.of(c))).toList();
  }

  /** What has no cell because the server cannot run the strategy. */
  public List<String> leftOut() {
    List<String> pairs = new ArrayList<>();
    for (String strategy : strategies) {
      for (String server : experiment.servers()) {
        if (groups.stream()
            .noneMatch(g -> g.server().equals(server) && g.strategy().equals(strategy))) {
          pairs.add(strategy + " on " + server);
        }
      }
    }
    return pairs;
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
    return new Manifest(
        Manifest.FORMAT,
        run,
        experiment.name(),
        experiment.question(),
        experiment.profile(),
        experiment.evidence() && apart,
        host,
        image,
        experiment.servers(),
        strategies,
        "",
        List.of(new Variant("", Map.of())),
        experiment.loads(),
        List.of(new Phase(1, 1, experiment.measure().toSeconds())),
        experiment.repeats(),
        experiment.freshServer().name().toLowerCase(Locale.ROOT),
        experiment.deadline().toMillis(),
        experiment.timeout().toMillis(),
        experiment.warmUp().toSeconds(),
        experiment.leadIn().toSeconds(),
        experiment.measure().toSeconds(),
        taskUnits,
        workers,
        experiment.ioThreads(),
        experiment.workerNice(),
        experiment.compilerNice(),
        serverCpus,
        injectorCpus,
        experiment.seed(),
        Map.of(),
        size());
  }

  private Duration whole() {
    Duration load = experiment.leadIn().plus(experiment.measure());
    Duration perServer = PER_SERVER.plus(experiment.warmUp());
    Duration calibration =
        perServer.plus(load).plus(experiment.warmUp().multipliedBy(3).dividedBy(2));
    return INJECTOR
        .plus(experiment.warmUp().multipliedBy(2))
        .plus(calibration.multipliedBy(experiment.servers().size()))
        .plus(perServer.multipliedBy(groups.size()))
        .plus(load.plus(PER_CELL).multipliedBy(size()));
  }

  private static String fill(String written, int cpus, int workers) {
    return VARIABLE.matcher(written).replaceAll(found -> value(written, found, cpus, workers));
  }

  private static String value(String written, MatchResult found, int cpus, int workers) {
    int value =
        switch (found.group(1)) {
          case "cpus" -> cpus;
          case "workers" -> workers;
          default -> throw new SpecException("strategies", written, "${cpus} or ${workers}");
        };
    return Integer.toString(
        found.group(2) == null ? value : value * Integer.parseInt(found.group(2)));
  }
}
