package shedlab.bench.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shedlab.load.ArrivalProcess;
import shedlab.load.ServiceLaw;
import shedlab.report.result.Phase;
import shedlab.simulation.Retry;
import shedlab.simulation.Tenant;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.Spec;
import shedlab.spec.SpecException;
import shedlab.task.CpuTask;

/**
 * A key of an experiment and how its text becomes a value.
 *
 * @param key the word before {@code =}
 * @param fallback the text if none is given; null if one must be
 * @param ofCell whether variants may differ in it
 */
record Setting<T>(String key, @Nullable String fallback, boolean ofCell, Function<String, T> read) {
  /** What gets a server of its own. */
  enum FreshServer {
    /** One server climbs through all loads of a strategy. */
    STRATEGY,
    /** Every cell has a new one. */
    CELL
  }

  /** A yes or a no. */
  enum Answer {
    YES,
    NO
  }

  /** How requests share connections. */
  enum Connections {
    /** Kept, one pool for all. */
    KEPT,
    /** A new one for each request. */
    NEW
  }

  /**
   * Tasks grow for good.
   *
   * @param at from when on, counted from the window's beginning
   */
  record Slowdown(Duration at, double factor) {}

  /**
   * The server loses CPU for a while.
   *
   * @param at counted from the window's beginning
   * @param left the share that stays
   */
  record CapacityDrop(Duration at, Duration length, double left) {}

  private static final Map<String, Setting<?>> ALL = new LinkedHashMap<>();

  static final List<String> SERVER_NAMES = List.of("undertow", "jetty", "netty");

  /** The plain way to run a cell, in a list of variants. */
  static final String PLAIN = "plain";

  private static final Parameter<Double> LOAD =
      Parameter.real("loads", "a multiple of the capacity", 0.05, 100);

  // Of a whole run.
  static final Setting<String> QUESTION = required("question", text -> text);
  static final Setting<List<String>> SERVERS =
      required("servers", text -> words("servers", text, Setting::server));

  /** Of the run; a variant may have fewer. */
  static final Setting<List<String>> STRATEGIES =
      ofCell("strategies", null, text -> words("strategies", text, word -> word));

  static final Setting<String> REFERENCE = optional("reference", "", text -> text);
  static final Setting<Answer> TWIN = choice("twin", "no", Answer.class, false);
  static final Setting<List<String>> VARIANTS =
      optional("variants", PLAIN, text -> words("variants", text, Setting::variant));
  static final Setting<List<Double>> LOADS =
      required(
          "loads", text -> words("loads", text, LOAD::read).stream().sorted().distinct().toList());
  static final Setting<Integer> REPEATS =
      optional("repeats", "1", Parameter.integer("repeats", "", 1, 1_000)::read);
  static final Setting<FreshServer> FRESH_SERVER =
      choice("fresh-server", "strategy", FreshServer.class, false);
  static final Setting<Duration> TASK =
      optional("task", "4ms", Parameter.duration("task", "")::read);
  static final Setting<Optional<Integer>> TASK_UNITS =
      optional(
          "task-units", "", text -> text.isEmpty() ? Optional.empty() : Optional.of(units(text)));
  static final Setting<Duration> DEADLINE =
      optional("deadline", "250ms", Parameter.duration("deadline", "")::read);
  static final Setting<Duration> LEAD_IN =
      optional("lead-in", "1s", text -> seconds("lead-in", text));
  static final Setting<Optional<Duration>> MEASURE =
      optional(
          "measure",
          "",
          text -> text.isEmpty() ? Optional.empty() : Optional.of(seconds("measure", text)));
  static final Setting<List<Phase>> PHASES = optional("phases", "", Setting::phases);
  static final Setting<Integer> SEED =
      optional("seed", "20261101", Parameter.integer("seed", "", 0, Integer.MAX_VALUE)::read);

  // Of a cell.
  static final Setting<Duration> WARM_UP =
      ofCell("warm-up", "9s", text -> seconds("warm-up", text));
  static final Setting<Duration> TIMEOUT =
      ofCell("timeout", "1s", Parameter.duration("timeout", ""));
  static final Setting<Double> WORK = ofCell("work", "1", Parameter.real("work", "", 1e-6, 1_000));
  static final Setting<String> SERVICE_LAW =
      ofCell("service-law", "deterministic", text -> ServiceLaw.parse(text, 1_000_000).toString());
  static final Setting<String> ARRIVALS =
      ofCell("arrivals", "poisson", text -> ArrivalProcess.parse(text).toString());
  static final Setting<String> RETRY =
      ofCell(
          "retry",
          "none",
          text -> {
            Retry.parse(text);
            return text;
          });
  static final Setting<Answer> DISCONNECT = choice("disconnect", "yes", Answer.class, true);
  static final Setting<Connections> CONNECTIONS =
      choice("connections", "kept", Connections.class, true);
  static final Setting<Answer> TELLS_DEADLINE = choice("tells-deadline", "no", Answer.class, true);
  static final Setting<List<Tenant>> TENANTS =
      ofCell(
          "tenants",
          "",
          text -> text.isEmpty() ? List.of() : words("tenants", text, Tenant::parse));
  static final Setting<Optional<Slowdown>> SLOWDOWN =
      ofCell("slowdown", "", text -> part(text, Setting::slowdown));
  static final Setting<Optional<CapacityDrop>> CAPACITY_DROP =
      ofCell("capacity-drop", "", text -> part(text, Setting::capacityDrop));
  static final Setting<Answer> HEALTHZ = choice("healthz", "no", Answer.class, true);
  static final Setting<Integer> WORKERS_PER_CPU =
      ofCell("workers-per-cpu", "4", Parameter.integer("workers-per-cpu", "", 1, 256));
  static final Setting<Integer> IO_THREADS =
      ofCell("io-threads", "1", Parameter.integer("io-threads", "", 1, 64));
  static final Setting<Integer> WORKER_NICE =
      ofCell("worker-nice", "10", Parameter.integer("worker-nice", "", 0, 20));
  static final Setting<Integer> COMPILER_NICE =
      ofCell("compiler-nice", "19", Parameter.integer("compiler-nice", "", 0, 20));
  static final Setting<Integer> IO_NICE =
      ofCell("io-nice", "0", Parameter.integer("io-nice", "", -20, 19));
  static final Setting<String> IO_CPU = word("io-cpu", "shared", "own");
  static final Setting<String> TASK_ON = word("task-on", "workers", "io", "virtual");
  static final Setting<String> GATE_ON = word("gate-on", "io", "workers", "pool");

  /** Every key, in the order of this file. */
  static List<Setting<?>> all() {
    return List.copyOf(ALL.values());
  }

  /**
   * The setting of a key.
   *
   * @throws SpecException if there is none
   */
  static Setting<?> named(String key, String value) {
    Setting<?> setting = ALL.get(key);
    if (setting == null) {
      throw new SpecException(key, value, "one of the keys of an experiment: " + ALL.keySet());
    }
    return setting;
  }

  private static <T> Setting<T> add(Setting<T> setting) {
    ALL.put(setting.key, setting);
    return setting;
  }

  private static <T> Setting<T> required(String key, Function<String, T> read) {
    return add(new Setting<>(key, null, false, read));
  }

  private static <T> Setting<T> optional(String key, String fallback, Function<String, T> read) {
    return add(new Setting<>(key, fallback, false, read));
  }

  private static <T> Setting<T> ofCell(
      String key, @Nullable String fallback, Function<String, T> read) {
    return add(new Setting<>(key, fallback, true, read));
  }

  private static <T> Setting<T> ofCell(
      String key, @Nullable String fallback, Parameter<T> parameter) {
    return ofCell(key, fallback, parameter::read);
  }

  private static <E extends Enum<E>> Setting<E> choice(
      String key, @Nullable String fallback, Class<E> type, boolean ofCell) {
    return add(new Setting<>(key, fallback, ofCell, Parameter.choice(key, "", type)::read));
  }

  /** One of these words, the first if none is given. */
  private static Setting<String> word(String key, String... words) {
    return ofCell(
        key,
        words[0],
        text -> {
          if (!List.of(words).contains(text)) {
            throw new SpecException(key, text, "one of " + String.join(", ", words));
          }
          return text;
        });
  }

  private static <T> List<T> words(String key, String text, Function<String, T> read) {
    List<T> values = new ArrayList<>();
    Arrays.stream(text.trim().split("\\s+")).map(read).forEach(values::add);
    if (values.stream().distinct().count() < values.size()) {
      throw new SpecException(key, text, "each once");
    }
    return List.copyOf(values);
  }

  private static String server(String name) {
    if (!SERVER_NAMES.contains(name)) {
      throw new SpecException("servers", name, "some of " + SERVER_NAMES);
    }
    return name;
  }

  private static String variant(String name) {
    if (!name.matches("[a-z][a-z0-9-]*") || name.equals("twin")) {
      throw new SpecException("variants", name, "words in lower case, and not twin");
    }
    return name;
  }

  /** Whole seconds: the injector counts arrivals by the second. */
  private static Duration seconds(String key, String text) {
    Duration value = Parameter.duration(key, "").read(text);
    if (!value.equals(Duration.ofSeconds(value.toSeconds()))) {
      throw new SpecException(key, text, "whole seconds");
    }
    return value;
  }

  private static int units(String text) {
    return Parameter.integer("task-units", "", 1, CpuTask.MAX_UNITS).read(text);
  }

  private static final Pattern PHASE =
      Pattern.compile(
          "(NUMBER)(?:\\.\\.(NUMBER))?@([0-9]{1,5})s".replace("NUMBER", "[0-9]+(?:\\.[0-9]+)?"));

  private static List<Phase> phases(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<Phase> phases = new ArrayList<>();
    for (String word : text.trim().split("\\s+", -1)) {
      Matcher matcher = PHASE.matcher(word);
      try {
        if (matcher.matches()) {
          double from = Double.parseDouble(matcher.group(1));
          double to = matcher.group(2) == null ? from : Double.parseDouble(matcher.group(2));
          int seconds = Integer.parseInt(matcher.group(3));
          if (seconds > 0) {
            phases.add(new Phase(from, to, seconds));
            continue;
          }
        }
      } catch (NumberFormatException e) {
        // said below
      }
      throw new SpecException("phases", word, "1@10s for a plateau, 0.5..2@10s for a ramp");
    }
    return Collections.unmodifiableList(phases);
  }

  private static <T> Optional<T> part(String text, Function<String, T> read) {
    return text.isEmpty() || text.equals("none") ? Optional.empty() : Optional.of(read.apply(text));
  }

  private static final Parameter<Duration> AT = Parameter.duration("at", "from the window's start");
  private static final Parameter<Duration> FOR = Parameter.duration("for", "how long");
  private static final Parameter<Double> FACTOR = Parameter.real("factor", "size", 0.01, 100);
  private static final Parameter<Double> LEFT = Parameter.real("left", "share", 0.05, 0.95);

  private static Slowdown slowdown(String text) {
    Spec spec = new Definition<>("slowdown", "", "-", s -> "", AT, FACTOR).parse(text);
    return new Slowdown(spec.get(AT), spec.get(FACTOR));
  }

  private static CapacityDrop capacityDrop(String text) {
    Spec spec = new Definition<>("capacity-drop", "", "-", s -> "", AT, FOR, LEFT).parse(text);
    return new CapacityDrop(spec.get(AT), spec.get(FOR), spec.get(LEFT));
  }
}
