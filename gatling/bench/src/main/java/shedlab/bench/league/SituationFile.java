package shedlab.bench.league;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import shedlab.bench.experiment.CellRules;
import shedlab.bench.experiment.ExperimentFile;
import shedlab.bench.experiment.Line;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Setting;
import shedlab.bench.setting.Settings;
import shedlab.bench.simulation.SimulatedLoad;
import shedlab.simulation.model.CollectorModel;
import shedlab.simulation.model.CompilerModel;
import shedlab.simulation.model.HostModel;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;

/**
 * The situations of a properties file: {@code group.key = value}, or {@code value | value} for
 * several. A group has a situation for every combination of its values. Keys without a group hold
 * for all groups that do not have them.
 */
final class SituationFile {
  private static final Parameter<Integer> CORES = Parameter.integer("cores", "", 1, 1_024);
  private static final Parameter<Integer> SEEDS = Parameter.integer("seeds", "", 1, 1_000);
  private static final Parameter<Double> LOAD = Parameter.real("load", "", 0.05, 100);
  private static final Parameter<Double> REFUSAL = Parameter.percentage("refusal", "", 0, 0.5);
  private static final Parameter<Double> IO = Parameter.percentage("io", "", 0, 0.95);
  private static final Parameter<CollectorModel> COLLECTOR =
      model("collector", "every=2s,pause=20ms, a shorter pause, or none", CollectorModel::read);
  private static final Parameter<CompilerModel> COMPILER =
      model("compiler", "slow=10,after=2000,work=4s, or none", CompilerModel::read);

  /** Keys that an experiment does not have, with what holds if they are left out. */
  private static final Map<Parameter<?>, String> OWN =
      Map.of(
          CORES, "4",
          SEEDS, "3",
          LOAD, "1",
          REFUSAL, "0%",
          IO, "0%",
          COLLECTOR, Schema.NONE,
          COMPILER, Schema.NONE);

  /** Keys of an experiment that the simulator acts on. */
  private static final List<Setting<?>> MODELLED =
      List.of(
          Schema.TASK,
          Schema.DEADLINE,
          Schema.LEAD_IN,
          Schema.MEASURE,
          Schema.PHASES,
          Schema.SEED,
          Schema.TIMEOUT,
          Schema.WORK,
          Schema.SERVICE_LAW,
          Schema.ARRIVALS,
          Schema.RETRY,
          Schema.DISCONNECT,
          Schema.TELLS_DEADLINE,
          Schema.TENANTS,
          Schema.SLOWDOWN,
          Schema.CAPACITY_DROP,
          Schema.WORKERS_PER_CPU);

  private SituationFile() {}

  /** A key whose value has keys of its own. */
  private static <T> Parameter<T> model(String key, String rule, Function<String, T> read) {
    return new Parameter<>(key, "", rule, null, read, Object::toString);
  }

  /**
   * Reads it.
   *
   * @throws SpecException that names file and line, if it breaks a rule
   */
  static List<Situation> read(Path file) {
    Map<String, Map<String, Line>> groups = new LinkedHashMap<>();
    Map<String, Line> everywhere = new LinkedHashMap<>();
    for (Line line : ExperimentFile.read(file)) {
      int dot = line.written().indexOf('.');
      Line ofKey = line.keyFrom(dot + 1);
      checkKey(ofKey);
      (dot < 0
              ? everywhere
              : groups.computeIfAbsent(
                  line.written().substring(0, dot), g -> new LinkedHashMap<>()))
          .put(ofKey.key(), ofKey);
    }
    SpecException.check(!groups.isEmpty(), "situations", file, "group.key = value, at least one");
    List<Situation> all = new ArrayList<>();
    groups.forEach(
        (group, lines) -> {
          Map<String, Line> whole = new LinkedHashMap<>(everywhere);
          if (lines.containsKey(Schema.PHASES.key())) { // instead of the length of a plateau
            whole.remove(Schema.MEASURE.key());
          }
          whole.putAll(lines);
          all.addAll(situations(group, whole));
        });
    return all;
  }

  private static void checkKey(Line line) {
    Set<String> keys = new LinkedHashSet<>();
    OWN.keySet().stream().map(Parameter::key).sorted().forEach(keys::add);
    MODELLED.forEach(setting -> keys.add(setting.key()));
    if (!keys.contains(line.key())) {
      throw line.refused("a key of a situation: " + keys);
    }
  }

  /** Every combination of the values of a group. */
  private static List<Situation> situations(String group, Map<String, Line> lines) {
    List<Map<String, String>> combinations = List.of(Map.of());
    for (Line line : lines.values()) {
      List<Map<String, String>> more = new ArrayList<>();
      for (Map<String, String> before : combinations) {
        for (String value : values(line)) {
          Map<String, String> with = new LinkedHashMap<>(before);
          with.put(line.key(), value);
          more.add(with);
        }
      }
      combinations = more;
    }
    Set<String> varied =
        lines.values().stream()
            .filter(line -> values(line).size() > 1)
            .map(Line::key)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return combinations.stream().map(values -> situation(group, lines, values, varied)).toList();
  }

  private static List<String> values(Line line) {
    return Arrays.stream(line.value().split("\\|", -1)).map(String::strip).toList();
  }

  private static Situation situation(
      String group, Map<String, Line> lines, Map<String, String> values, Set<String> varied) {
    Map<String, String> given = new LinkedHashMap<>(values);
    OWN.keySet().forEach(own -> given.remove(own.key()));
    if (given.containsKey(Schema.PHASES.key())) {
      given.putIfAbsent(Schema.MEASURE.key(), Schema.NONE);
    }
    Map<String, String> complete = new LinkedHashMap<>();
    for (Setting<?> setting : Schema.all()) {
      if (setting.fallback() == null) {
        complete.put(setting.key(), UNUSED.getOrDefault(setting.key(), "1"));
      }
    }
    complete.putAll(given);
    for (Map.Entry<String, String> entry : given.entrySet()) {
      Line line = lines.get(entry.getKey());
      if (line != null) {
        located(line, () -> Schema.named(entry.getKey(), entry.getValue()).check(entry.getValue()));
      }
    }
    Settings settings = Settings.of(complete);
    new CellRules(settings, lines).check();
    SimulatedLoad load =
        new SimulatedLoad(
            settings,
            own(CORES, values, lines),
            own(LOAD, values, lines),
            own(REFUSAL, values, lines),
            new HostModel(
                own(IO, values, lines),
                own(COLLECTOR, values, lines),
                own(COMPILER, values, lines)));
    String differs =
        varied.stream().map(key -> key + "=" + values.get(key)).collect(Collectors.joining(" "));
    return new Situation(
        group,
        (group + " " + differs).strip(),
        load,
        own(SEEDS, values, lines),
        values.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .sorted()
            .collect(Collectors.joining(" ")));
  }

  /** What an experiment must have and a situation has no use for. */
  private static final Map<String, String> UNUSED =
      Map.of(
          Schema.QUESTION.key(), "which strategy loses least?",
          Schema.SERVERS.key(), "netty",
          Schema.STRATEGIES.key(), "none");

  private static <T> T own(
      Parameter<T> parameter, Map<String, String> values, Map<String, Line> lines) {
    String text = values.getOrDefault(parameter.key(), OWN.get(parameter));
    Line line = lines.get(parameter.key());
    try {
      return parameter.read(text == null ? "" : text);
    } catch (SpecException e) {
      throw line == null ? e : line.located(e);
    }
  }

  private static void located(Line line, Runnable check) {
    try {
      check.run();
    } catch (SpecException e) {
      throw line.located(e);
    }
  }
}
