package shedlab.bench.experiment;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import shedlab.bench.setting.FreshServer;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.report.result.Phase;
import shedlab.report.result.Variant;
import shedlab.spec.SpecException;

/**
 * What is asked and how: one properties file, read under one profile. A key {@code profile.key}
 * overrides {@code key}; the command line overrides both; {@code variant.name.key} is what a
 * variant differs in. Unknown keys and bad values are errors.
 *
 * @param servers of the plan; a simulated one has a name that no file could ask for
 * @param settings of the plain way
 * @param variants in the order they are listed; the plain one has an empty name
 * @param ofVariant the settings of each variant's cells
 */
public record Experiment(
    String name,
    String profile,
    List<String> servers,
    Settings settings,
    List<Variant> variants,
    Map<String, Settings> ofVariant) {
  /** The profiles every experiment has; {@code default} is the plain keys. */
  public static final List<String> PROFILES = List.of("default", "smoke", "full");

  private static final String VARIANT = "variant.";

  /**
   * Reads {@code file} under {@code profile}, with {@code overrides} of plain keys.
   *
   * @throws SpecException if a key is unknown, missing or breaks its rule
   */
  public static Experiment load(Path file, String profile, Map<String, String> overrides) {
    if (!PROFILES.contains(profile)) {
      throw new SpecException("profile", profile, "one of " + PROFILES);
    }
    Properties properties = read(file);
    Map<String, Map<String, String>> differences = variants(properties);
    Map<String, String> text = resolve(properties, profile);
    overrides.forEach(Schema::named);
    text.putAll(overrides);
    Settings settings = Settings.of(text);
    List<Variant> variants =
        settings.get(Schema.VARIANTS).stream().map(name -> variant(name, differences)).toList();
    Map<String, Settings> ofVariant = new LinkedHashMap<>();
    for (Variant variant : variants) {
      Settings cell = settings.with(variant.settings());
      check(cell);
      ofVariant.put(variant.name(), cell);
    }
    String fileName = file.getFileName().toString();
    return new Experiment(
        fileName.substring(0, fileName.lastIndexOf('.')),
        profile,
        settings.get(Schema.SERVERS),
        settings,
        variants,
        Collections.unmodifiableMap(ofVariant));
  }

  private static Variant variant(String name, Map<String, Map<String, String>> differences) {
    if (name.equals(Schema.PLAIN)) {
      return new Variant("", Map.of());
    }
    Map<String, String> settings = differences.get(name);
    if (settings == null) {
      throw new SpecException("variants", name, "plain or one of " + differences.keySet());
    }
    return new Variant(name, settings);
  }

  /** Rules between keys. */
  private static void check(Settings settings) {
    if (settings.get(Schema.TIMEOUT).compareTo(settings.get(Schema.DEADLINE)) < 0) {
      throw new SpecException("timeout", settings.text(Schema.TIMEOUT), "the deadline or more");
    }
    boolean phases = !settings.get(Schema.PHASES).isEmpty();
    if (phases == settings.get(Schema.MEASURE).isPresent()) {
      throw new SpecException(
          "measure",
          phases ? settings.text(Schema.MEASURE) : "(not given)",
          "measure or phases, not both");
    }
    if (!settings.get(Schema.DISCONNECT) && settings.get(Schema.RETRY).value().tries() > 1) {
      throw new SpecException("disconnect", "no", "yes for clients that try again");
    }
  }

  /** The same on other servers, with some of the variants. */
  public Experiment on(List<String> others, List<Variant> some) {
    return new Experiment(name, profile, others, settings, some, ofVariant);
  }

  /** The settings of a variant's cells. */
  public Settings of(String variant) {
    return ofVariant.getOrDefault(variant, settings);
  }

  /** What is asked, in one line. */
  public String question() {
    return settings.get(Schema.QUESTION);
  }

  /** Multiples of the capacity, ascending. */
  public List<Double> loads() {
    return settings.get(Schema.LOADS);
  }

  /** Runs of every cell. */
  public int repeats() {
    return settings.get(Schema.REPEATS);
  }

  public FreshServer freshServer() {
    return settings.get(Schema.FRESH_SERVER);
  }

  /** CPU time of one request's work on one core, from which the units are measured once. */
  public Duration task() {
    return settings.get(Schema.TASK);
  }

  /** Units of one request's work: as given, else as many as take the task's time here and now. */
  public int taskUnits() {
    return settings.get(Schema.TASK_UNITS).orElseGet(() -> TaskSize.units(task()));
  }

  /** Up to when a 200 is of use. */
  public Duration deadline() {
    return settings.get(Schema.DEADLINE);
  }

  /** How long each side is warmed, in the plain way. */
  public Duration warmUp() {
    return settings.get(Schema.WARM_UP);
  }

  /** The beginning of a cell's load that is not measured. */
  public Duration leadIn() {
    return settings.get(Schema.LEAD_IN);
  }

  /** The course of a cell's load after the lead-in, in multiples of its load. */
  public List<Phase> phases() {
    List<Phase> given = settings.get(Schema.PHASES);
    return given.isEmpty()
        ? List.of(new Phase(1, 1, settings.get(Schema.MEASURE).orElseThrow().toSeconds()))
        : given;
  }

  /** The length of the window. */
  public Duration measure() {
    return Duration.ofSeconds((long) phases().stream().mapToDouble(Phase::seconds).sum());
  }

  public int seed() {
    return settings.get(Schema.SEED);
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

  /** What each variant differs in. */
  private static Map<String, Map<String, String>> variants(Properties properties) {
    Map<String, Map<String, String>> variants = new TreeMap<>();
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      if (name.startsWith(VARIANT)) {
        String value = properties.getProperty(name).trim();
        int dot = name.indexOf('.', VARIANT.length());
        if (dot < 0 || !Schema.named(name.substring(dot + 1), value).ofCell()) {
          throw new SpecException(name, value, "variant.NAME. and a key that a cell may have");
        }
        variants
            .computeIfAbsent(name.substring(VARIANT.length(), dot), n -> new TreeMap<>())
            .put(name.substring(dot + 1), value);
      }
    }
    return variants;
  }

  /** Plain keys, then those of the profile over them; every key of every profile is checked. */
  private static Map<String, String> resolve(Properties properties, String profile) {
    Map<String, String> plain = new LinkedHashMap<>();
    Map<String, String> ofProfile = new LinkedHashMap<>();
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      String value = properties.getProperty(name).trim();
      int dot = name.indexOf('.');
      if (dot < 0) {
        plain.put(Schema.named(name, value).key(), value);
      } else if (name.startsWith(VARIANT)) {
        // read by variants()
      } else if (!PROFILES.contains(name.substring(0, dot))) {
        throw new SpecException(name, value, "a profile before the dot, one of " + PROFILES);
      } else {
        String key = Schema.named(name.substring(dot + 1), value).key();
        if (name.startsWith(profile + ".")) {
          ofProfile.put(key, value);
        }
      }
    }
    plain.putAll(ofProfile);
    return plain;
  }
}
