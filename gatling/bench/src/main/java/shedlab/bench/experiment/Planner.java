package shedlab.bench.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import shedlab.bench.experiment.Plan.Group;
import shedlab.bench.host.KnownStrategy;
import shedlab.bench.setting.FleetKeys;
import shedlab.bench.setting.FreshServer;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.report.result.Variant;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategies;

/** Lays out the cells of an experiment. */
final class Planner {
  /** A strategy of the run. */
  private record Planned(int number, String written, KnownStrategy known) {
    String text() {
      return known.text();
    }

    boolean runsOn(String server) {
      return known.servers().contains(server);
    }

    /** Whether it is what a target does by itself. */
    boolean isOwn() {
      return written.isEmpty();
    }
  }

  private final Experiment experiment;
  private final int cpus;
  private final int jdk;
  private final Map<String, List<String>> targets;
  private final List<String> leftOut = new ArrayList<>();

  Planner(Experiment experiment, int cpus, int jdk, Map<String, List<String>> targets) {
    this.experiment = experiment;
    this.cpus = cpus;
    this.jdk = jdk;
    this.targets = targets;
  }

  Plan plan(Function<List<String>, List<KnownStrategy>> registry, Map<String, String> missing) {
    targets.keySet().removeAll(missing.keySet());
    missing.forEach((server, why) -> leftOut.add(server + ": " + why));
    List<Planned> strategies = strategies(registry);
    String reference = reference(strategies);
    List<Variant> variants = variants(strategies);
    for (Planned strategy : strategies) {
      experiment.servers().stream()
          .filter(server -> !strategy.isOwn() && !isTarget(server) && !strategy.runsOn(server))
          .forEach(server -> leftOut.add(strategy.text() + " on " + server));
    }
    for (Variant variant : variants) {
      if (!targets.isEmpty() && !isForClientsAlone(experiment.of(variant.name()))) {
        String what = variant.name().isEmpty() ? Schema.CAPACITY_DROP.key() : variant.name();
        String those = String.join(", ", targets.keySet());
        leftOut.add(what + " on " + those + ": a target's settings and CPUs cannot be changed");
      }
    }
    List<Group> groups = new ArrayList<>();
    for (int repeat = 1; repeat <= experiment.repeats(); repeat++) {
      List<Group> block = block(strategies, reference, variants, repeat);
      Collections.shuffle(block, new Random(31L * experiment.seed() + repeat));
      groups.addAll(experiment.freshServer() == FreshServer.BLOCK ? shared(block) : block);
    }
    if (groups.isEmpty()) {
      throw new SpecException("left out", leftOut, "one that this machine and plan can run");
    }
    return new Plan(
        experiment,
        cpus,
        strategies.stream().map(Planned::text).toList(),
        reference,
        List.copyOf(groups),
        List.copyOf(leftOut));
  }

  private boolean isTarget(String server) {
    return targets.containsKey(server);
  }

  /** One server for all strategies of a server and variant, but for those with its own limiter. */
  private List<Group> shared(List<Group> block) {
    Map<List<Object>, Group> shared = new LinkedHashMap<>();
    for (Group group : block) {
      String strategy = group.cells().get(0).strategy();
      boolean own =
          isTarget(group.server())
              || Strategies.installed().composition(strategy).needsNativeLimiter();
      shared.merge(
          List.of(group.server(), group.variant(), own ? strategy : ""), group, Group::and);
    }
    return List.copyOf(shared.values());
  }

  private List<Planned> strategies(Function<List<String>, List<KnownStrategy>> registry) {
    try {
      return known(registry);
    } catch (SpecException e) {
      throw experiment.located(Schema.STRATEGIES, e);
    }
  }

  private List<Planned> known(Function<List<String>, List<KnownStrategy>> registry) {
    List<Planned> strategies = new ArrayList<>();
    if (!targets.keySet().containsAll(experiment.servers())) {
      strategies.addAll(ofOurs(registry));
    }
    own()
        .forEach(
            (text, those) ->
                strategies.add(
                    new Planned(strategies.size() + 1, "", new KnownStrategy(text, those))));
    return strategies;
  }

  /** What targets do by themselves, as far as the experiment does not say which of it is asked. */
  private Map<String, List<String>> own() {
    Map<String, List<String>> own = new LinkedHashMap<>();
    List<String> asked = written("").stream().filter(OwnStrategy::is).toList();
    targets.forEach(
        (target, its) -> {
          for (String text : asked.isEmpty() ? its : asked) {
            boolean takesLimits = its.size() > 1;
            if (OwnStrategy.parse(text).limit() == 0 || takesLimits) {
              own.computeIfAbsent(text, t -> new ArrayList<>()).add(target);
            }
          }
        });
    for (String text : asked) {
      SpecException.check(
          own.containsKey(text), "strategies", text, "a target that has it, among the servers");
    }
    return own;
  }

  private List<Planned> ofOurs(Function<List<String>, List<KnownStrategy>> registry) {
    List<String> written = written("").stream().filter(text -> !OwnStrategy.is(text)).toList();
    if (written.isEmpty()) {
      experiment.servers().stream()
          .filter(server -> !isTarget(server))
          .forEach(server -> leftOut.add(server + ": has none of this run's strategies"));
      return List.of();
    }
    List<KnownStrategy> known = registry.apply(written);
    List<Planned> strategies = new ArrayList<>();
    for (int i = 0; i < known.size(); i++) {
      Planned strategy = new Planned(i + 1, written.get(i), known.get(i));
      if (strategies.stream().anyMatch(other -> other.text().equals(strategy.text()))) {
        throw new SpecException("strategies", strategy.written, "each once");
      }
      if (Collections.disjoint(strategy.known.servers(), experiment.servers())) {
        throw new SpecException(
            "servers", experiment.servers(), strategy.known.servers() + " for " + strategy.written);
      }
      strategies.add(strategy);
    }
    return strategies;
  }

  /** The strategies of a variant's cells, filled in. */
  private List<String> written(String variant) {
    StrategyTemplate template = new StrategyTemplate(experiment.settings(), cpus);
    return experiment.of(variant).get(Schema.STRATEGIES).stream().map(template::fill).toList();
  }

  private String reference(List<Planned> strategies) {
    String text = experiment.settings().get(Schema.REFERENCE);
    String filled = new StrategyTemplate(experiment.settings(), cpus).fill(text);
    // A narrowed run may be without it: then nothing is compared.
    String reference =
        strategies.stream()
            .filter(
                strategy -> filled.equals(strategy.isOwn() ? strategy.text() : strategy.written))
            .map(Planned::text)
            .findFirst()
            .orElse("");
    if (reference.isEmpty() && experiment.settings().get(Schema.TWIN)) {
      throw experiment.located(
          Schema.TWIN,
          new SpecException(
              "reference",
              text.isEmpty() ? "(not given)" : text,
              "one of the strategies, to have a twin"));
    }
    if (reference.isEmpty() && !text.isEmpty()) {
      return another(strategies, filled);
    }
    return reference;
  }

  /** What a narrowed run compares with: its first strategy that sheds; nothing if it has one. */
  private String another(List<Planned> strategies, String missing) {
    Optional<String> first =
        strategies.size() < 2
            ? Optional.empty()
            : strategies.stream().map(Planned::text).filter(t -> !t.equals("none")).findFirst();
    leftOut.add(
        "the reference "
            + missing
            + ": it is none of this run's strategies"
            + first.map(text -> "; compared with " + text + " instead").orElse(""));
    return first.orElse("");
  }

  /** Variants that this machine can run with one of the strategies. */
  private List<Variant> variants(List<Planned> strategies) {
    List<String> written = strategies.stream().map(Planned::written).toList();
    boolean own = strategies.stream().anyMatch(Planned::isOwn);
    List<Variant> possible = new ArrayList<>();
    for (Variant variant : experiment.variants()) {
      Optional<String> need = Needs.missing(experiment.of(variant.name()), cpus, jdk);
      if (need.isPresent()) {
        leftOut.add(variant.name() + ": " + need.get());
      } else if (!own && Collections.disjoint(written, written(variant.name()))) {
        leftOut.add(variant.name() + ": has none of this run's strategies");
      } else {
        possible.add(variant);
      }
    }
    return possible;
  }

  /** Every server, strategy and variant once. */
  private List<Group> block(
      List<Planned> strategies, String reference, List<Variant> variants, int repeat) {
    List<Group> block = new ArrayList<>();
    for (String server : experiment.servers()) {
      for (Planned strategy : strategies) {
        if (!strategy.runsOn(server)) {
          continue;
        }
        for (Variant variant : variants) {
          if (isOf(strategy, variant.name())) {
            block.addAll(groups(server, strategy, variant.name(), repeat));
          }
        }
        if (strategy.text().equals(reference) && experiment.settings().get(Schema.TWIN)) {
          block.addAll(groups(server, strategy, Variant.TWIN, repeat));
        }
      }
    }
    return block;
  }

  /** A target takes part in what concerns the clients alone. */
  private boolean isOf(Planned strategy, String variant) {
    return strategy.isOwn()
        ? isForClientsAlone(experiment.of(variant))
        : written(variant).contains(strategy.written);
  }

  private boolean isForClientsAlone(Settings settings) {
    return settings.ofServer().equals(experiment.of("").ofServer())
        && settings.get(FleetKeys.FLEET).isEmpty()
        && settings.get(Schema.CAPACITY_DROP).isEmpty();
  }

  private List<Group> groups(String server, Planned strategy, String variant, int repeat) {
    String names = Strategies.installed().composition(strategy.text()).names();
    List<Cell> cells = new ArrayList<>();
    for (double load : experiment.loads()) {
      String id =
          String.format(
              Locale.ROOT,
              "%s-%d-%s-%s%sx-r%d",
              Cell.slug(server),
              strategy.number,
              names,
              variant.isEmpty() ? "" : variant + "-",
              Double.toString(load),
              repeat);
      cells.add(new Cell(id, server, strategy.text(), variant, load, repeat));
    }
    if (experiment.freshServer() != FreshServer.CELL) {
      return List.of(new Group(server, variant, repeat, List.copyOf(cells)));
    }
    return cells.stream().map(cell -> new Group(server, variant, repeat, List.of(cell))).toList();
  }
}
