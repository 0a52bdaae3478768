package shedlab.gatling.experiment;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Function;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;

/**
 * What is asked and how: one properties file, read under one profile. A key {@code profile.key}
 * overrides {@code key}; the command line overrides both. Unknown keys and bad values are errors.
 *
 * @param strategies as written: {@code ${workers}} and {@code ${cpus}} still to be filled in
 * @param task CPU time of one request's work on one core, from which the units are measured once
 */
public record Experiment(
    String name,
    String profile,
    String question,
    List<String> servers,
    List<String> strategies,
    List<Double> loads,
    int repeats,
    FreshServer freshServer,
    Duration task,
    ServiceLaw serviceLaw,
    Arrivals arrivals,
    Duration deadline,
    Duration timeout,
    Duration warmUp,
    Duration leadIn,
    Duration measure,
    int workersPerCpu,
    int ioThreads,
    int workerNice,
    int compilerNice,
    int seed) {

  /** What gets a server of its own. */
  public enum FreshServer {
    /** One server climbs through all loads of a strategy. */
    STRATEGY,
    /** Every cell has a new one. */
    CELL
  }

  /** How request sizes vary around the task. */
  public enum ServiceLaw {
    /** All alike. */
    DETERMINISTIC,
    /** Exponentially distributed. */
    EXPONENTIAL
  }

  /** How arrivals are spaced. */
  public enum Arrivals {
    /** Independent of each other. */
    POISSON,
    /** Evenly. */
    CONSTANT
  }

  /** The profiles every experiment has; {@code default} is the plain keys. */
  public static final List<String> PROFILES = List.of("default", "smoke", "full");

  private static final List<String> SERVERS = List.of("undertow", "jetty", "netty");
  private static final Parameter<Double> LOAD =
      Parameter.real("loads", "a multiple of the capacity", 0.05, 100);

  /** One key of the file: how its text becomes a value. */
  private record Key<T>(String name, Function<String, T> read) {
    static <T> Key<T> of(Parameter<T> parameter) {
      return new Key<>(parameter.key(), parameter::read);
    }
  }

  private static final Key<String> QUESTION = new Key<>("question", text -> text);
  private static final Key<List<String>> SERVER_LIST =
      new Key<>("servers", text -> words("servers", text, Experiment::server));
  private static final Key<List<String>> STRATEGY_LIST =
      new Key<>("strategies", text -> words("strategies", text, word -> word));
  private static final Key<List<Double>> LOAD_LIST =
      new Key<>(
          "loads", text -> words("loads", text, LOAD::read).stream().sorted().distinct().toList());
  private static final Key<Integer> REPEATS = integer("repeats", 1, 1_000);
  private static final Key<FreshServer> FRESH_SERVER =
      Key.of(Parameter.choice("fresh-server", "", FreshServer.class));
  private static final Key<Duration> TASK = duration("task");
  private static final Key<ServiceLaw> SERVICE_LAW =
      Key.of(Parameter.choice("service-law", "", ServiceLaw.class));
  private static final Key<Arrivals> ARRIVALS =
      Key.of(Parameter.choice("arrivals", "", Arrivals.class));
  private static final Key<Duration> DEADLINE = duration("deadline");
  private static final Key<Duration> TIMEOUT = duration("timeout");
  private static final Key<Duration> WARM_UP = seconds("warm-up");
  private static final Key<Duration> LEAD_IN = seconds("lead-in");
  private static final Key<Duration> MEASURE = seconds("measure");
  private static final Key<Integer> WORKERS = integer("workers-per-cpu", 1, 256);
  private static final Key<Integer> IO_THREADS = integer("io-threads", 1, 64);
  private static final Key<Integer> NICE = integer("worker-nice", 0, 20);
  private static final Key<Integer> COMPILER_NICE = integer("compiler-nice", 0, 20);
  private static final Key<Integer> SEED = integer("seed", 0, Integer.MAX_VALUE);

  private static final List<Key<?>> KEYS =
      List.of(
          QUESTION,
          SERVER_LIST,
          STRATEGY_LIST,
          LOAD_LIST,
          REPEATS,
          FRESH_SERVER,
          TASK,
          SERVICE_LAW,
          ARRIVALS,
          DEADLINE,
          TIMEOUT,
          WARM_UP,
          LEAD_IN,
          MEASURE,
          WORKERS,
          IO_THREADS,
          NICE,
          COMPILER_NICE,
          SEED);

  /**
   * Reads {@code file} under {@code profile}, with {@code overrides} of plain keys.
   *
   * @throws SpecException if a key is unknown, missing or breaks its rule
   */
  public static Experiment load(Path file, String profile, Map<String, String> overrides) {
    if (!PROFILES.contains(profile)) {
      throw new SpecException("profile", profile, "one of " + PROFILES);
    }
    Map<String, String> text = resolve(read(file), profile);
    overrides.forEach((key, value) -> text.put(known(key, value), value));
    String fileName = file.getFileName().toString();
    Experiment experiment =
        new Experiment(
            fileName.substring(0, fileName.lastIndexOf('.')),
            profile,
            get(text, QUESTION),
            get(text, SERVER_LIST),
            get(text, STRATEGY_LIST),
            get(text, LOAD_LIST),
            get(text, REPEATS),
            get(text, FRESH_SERVER),
            get(text, TASK),
            get(text, SERVICE_LAW),
            get(text, ARRIVALS),
            get(text, DEADLINE),
            get(text, TIMEOUT),
            get(text, WARM_UP),
            get(text, LEAD_IN),
            get(text, MEASURE),
            get(text, WORKERS),
            get(text, IO_THREADS),
            get(text, NICE),
            get(text, COMPILER_NICE),
            get(text, SEED));
    if (experiment.timeout.compareTo(experiment.deadline) < 0) {
      throw new SpecException("timeout", text.getOrDefault("timeout", ""), "the deadline or more");
    }
    return experiment;
  }

  /** The same on other servers. */
  Experiment onServers(List<String> others) {
    return new Experiment(
        name,
        profile,
        question,
        others,
        strategies,
        loads,
        repeats,
        freshServer,
        task,
        serviceLaw,
        arrivals,
        deadline,
        timeout,
        warmUp,
        leadIn,
        measure,
        workersPerCpu,
        ioThreads,
        workerNice,
        compilerNice,
        seed);
  }

  /** False for a profile too short to conclude anything from. */
  public boolean evidence() {
    return !profile.equals("smoke");
  }

  private static Properties read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw new SpecException("experiment", file, "a readable properties file");
    }
  }

  /** Plain keys, then those of the profile over them; every key of every profile is checked. */
  private static Map<String, String> resolve(Properties properties, String profile) {
    Map<String, String> plain = new LinkedHashMap<>();
    Map<String, String> ofProfile = new LinkedHashMap<>();
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      String value = properties.getProperty(name).trim();
      int dot = name.indexOf('.');
      if (dot < 0) {
        plain.put(known(name, value), value);
      } else if (!PROFILES.contains(name.substring(0, dot))) {
        throw new SpecException(name, value, "a profile before the dot, one of " + PROFILES);
      } else {
        String key = known(name.substring(dot + 1), value);
        if (name.startsWith(profile + ".")) {
          ofProfile.put(key, value);
        }
      }
    }
    plain.putAll(ofProfile);
    return plain;
  }

  private static String known(String key, String value) {
    List<String> names = KEYS.stream().<String>map(Key::name).toList();
    if (!names.contains(key)) {
      throw new SpecException(key, value, "one of the keys of an experiment: " + names);
    }
    return key;
  }

  private static <T> T get(Map<String, String> text, Key<T> key) {
    String value = text.get(key.name);
    if (value == null || value.isEmpty()) {
      throw new SpecException(key.name, "(not given)", "a value");
    }
    return key.read.apply(value);
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
    if (!SERVERS.contains(name)) {
      throw new SpecException("servers", name, "some of " + SERVERS);
    }
    return name;
  }

  private static Key<Integer> integer(String key, int min, int max) {
    return Key.of(Parameter.integer(key, "", min, max));
  }

  private static Key<Duration> duration(String key) {
    return Key.of(Parameter.duration(key, ""));
  }

  /** Whole seconds: the injector counts arrivals by the second. */
  private static Key<Duration> seconds(String key) {
    return new Key<>(
        key,
        text -> {
          Duration value = duration(key).read.apply(text);
          if (!value.equals(Duration.ofSeconds(value.toSeconds()))) {
            throw new SpecException(key, text, "whole seconds");
          }
          return value;
        });
  }
}
