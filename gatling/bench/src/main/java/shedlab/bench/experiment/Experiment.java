package shedlab.bench.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import shedlab.bench.setting.BlockKeys;
import shedlab.bench.setting.Course;
import shedlab.bench.setting.FreshServer;
import shedlab.bench.setting.JvmArchive;
import shedlab.bench.setting.JvmKeys;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Setting;
import shedlab.bench.setting.Settings;
import shedlab.load.ArrivalProcess;
import shedlab.report.result.Phase;
import shedlab.report.result.Variant;
import shedlab.spec.SpecException;

/**
 * What is asked and how: one properties file, read under one profile. A key {@code profile.key}
 * overrides {@code key}; the command line overrides both; {@code variant.name.key} is what a
 * variant differs in. Every line of the file has an effect, under this profile or another, or is an
 * error.
 *
 * @param servers of the plan; a simulated one has a name that no file could ask for
 * @param settings of the plain way
 * @param variants in the order they are listed; the plain one has an empty name
 * @param ofVariant the settings of each variant's cells
 * @param lines where the plain values come from, by key
 */
public record Experiment(
    String name,
    String profile,
    List<String> servers,
    Settings settings,
    List<Variant> variants,
    Map<String, Settings> ofVariant,
    Map<String, Line> lines) {
  /** With more, halving an interval would take days. */
  private static final int MOST_BLOCKS = 60;

  /** The profiles every experiment has; {@code default} is the plain keys. */
  public static final List<String> PROFILES = List.of("default", "smoke", "full");

  /**
   * Reads {@code file} under {@code profile}, with {@code overrides} of plain keys.
   *
   * @throws SpecException if a key is unknown, missing or breaks its rule
   */
  public static Experiment load(Path file, String profile, Map<String, String> overrides) {
    if (!PROFILES.contains(profile)) {
      throw new SpecException("profile", profile, "one of " + PROFILES);
    }
    Map<String, Line> asked = new LinkedHashMap<>();
    overrides.forEach((key, value) -> asked.put(key, Line.asked(key, value)));
    if (asked.containsKey(BlockKeys.REPEATS.key())) { // instead of the precision of the file
      String precision = BlockKeys.PRECISION.key();
      asked.putIfAbsent(precision, Line.asked(precision, Schema.NONE));
    }
    asked.values().forEach(Line::check);
    Written written = Written.read(file, asked);
    Map<String, Line> lines = Written.over(written.under(profile), asked);
    Settings settings = settings(file, lines);
    Line reference = asked.get(Schema.REFERENCE.key());
    Line strategies = lines.get(Schema.STRATEGIES.key());
    if (reference != null && strategies != null) { // that of the file may fall to a narrowed run
      Written.checkReference(reference, strategies, "strategies");
    }
    List<Variant> listed = new ArrayList<>();
    Map<String, Settings> ofVariant = new LinkedHashMap<>();
    for (String name : settings.get(Schema.VARIANTS)) {
      Map<String, Line> differences = differences(name, written.ofVariant(), lines);
      Map<String, String> others = new TreeMap<>();
      differences.forEach((key, line) -> others.put(key, line.value()));
      Settings cell = settings.with(others);
      new CellRules(cell, Written.over(lines, differences)).check();
      others.replaceAll((key, value) -> cell.text().getOrDefault(key, value));
      Variant variant = new Variant(name.equals(Schema.PLAIN) ? "" : name, others);
      listed.add(variant);
      ofVariant.put(variant.name(), cell);
    }
    String fileName = file.getFileName().toString();
    return new Experiment(
        fileName.substring(0, fileName.lastIndexOf('.')),
        profile,
        settings.get(Schema.SERVERS),
        settings,
        List.copyOf(listed),
        Collections.unmodifiableMap(ofVariant),
        Collections.unmodifiableMap(lines));
  }

  private static Settings settings(Path file, Map<String, Line> lines) {
    Map<String, String> text = new LinkedHashMap<>();
    lines.forEach((key, line) -> text.put(key, line.value()));
    for (Setting<?> setting : Schema.all()) {
      if (setting.fallback() == null && text.getOrDefault(setting.key(), "").isEmpty()) {
        throw setting.missing().at(file.normalize().toString());
      }
    }
    boolean phases = !text.getOrDefault(Schema.PHASES.key(), "").isEmpty();
    if (phases && text.getOrDefault(Schema.MEASURE.key(), "").isEmpty()) {
      text.put(Schema.MEASURE.key(), Schema.NONE); // the window is as long as its phases
    }
    return Settings.of(text);
  }

  /** What a listed variant differs in. */
  private static Map<String, Line> differences(
      String name, Map<String, Map<String, Line>> ofVariant, Map<String, Line> lines) {
    if (name.equals(Schema.PLAIN)) {
      return Map.of();
    }
    Map<String, Line> differences = ofVariant.get(name);
    if (differences == null) {
      throw lines
          .getOrDefault(Schema.VARIANTS.key(), Line.asked(Schema.VARIANTS.key(), name))
          .located(
              new SpecException(
                  Schema.VARIANTS.key(),
                  name,
                  "plain or one of " + new TreeSet<>(ofVariant.keySet())));
    }
    return differences;
  }

  /** The same mistake, with the line of the file that a key's value comes from. */
  SpecException located(Setting<?> setting, SpecException mistake) {
    Line line = lines.get(setting.key());
    return line == null ? mistake : line.located(mistake);
  }

  /** The same on other servers, with some of the variants, and as often as it says. */
  public Experiment on(List<String> others, List<Variant> some) {
    Settings plain = settings.with(Map.of(BlockKeys.PRECISION.key(), Schema.NONE));
    return new Experiment(name, profile, others, plain, some, ofVariant, lines);
  }

  /** The same on some of its servers. */
  Experiment onSome(List<String> some) {
    return new Experiment(name, profile, some, settings, variants, ofVariant, lines);
  }

  /** The same with another length of the window, for a load without phases. */
  public Experiment measuring(Duration window) {
    Map<String, String> longer = Map.of(Schema.MEASURE.key(), window.toSeconds() + "s");
    Map<String, Settings> others = new LinkedHashMap<>();
    ofVariant.forEach((variant, its) -> others.put(variant, its.with(longer)));
    return new Experiment(name, profile, servers, settings.with(longer), variants, others, lines);
  }

  /** The settings of a variant's cells. */
  public Settings of(String variant) {
    return ofVariant.getOrDefault(variant, settings);
  }

  /** How requests arrive, in every way that this experiment has. */
  public List<ArrivalProcess> arrivals() {
    return Stream.concat(Stream.of(settings), ofVariant.values().stream())
        .map(each -> each.get(Schema.ARRIVALS))
        .distinct()
        .toList();
  }

  /** What is asked, in one line. */
  public String question() {
    return settings.get(Schema.QUESTION);
  }

  /** Multiples of the capacity, ascending. */
  public List<Double> loads() {
    return settings.get(Schema.LOADS);
  }

  /** The wanted precision of a run that goes on until it has it. */
  public Optional<Double> precision() {
    return settings.get(BlockKeys.PRECISION);
  }

  /** Runs of every cell; at most, with a precision. */
  public int repeats() {
    return precision().isPresent() ? MOST_BLOCKS : settings.get(BlockKeys.REPEATS);
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

  /** About what one request's work takes on one core, in seconds. */
  public double taskSeconds() {
    return settings
        .get(Schema.TASK_UNITS)
        .map(TaskSize::seconds)
        .orElseGet(() -> task().toNanos() / 1e9);
  }

  /** Up to when a 200 is of use. */
  public Duration deadline() {
    return settings.get(Schema.DEADLINE);
  }

  /** How long each side is warmed, in the plain way. */
  public Duration warmUp() {
    return settings.get(Schema.WARM_UP);
  }

  /**
   * True if a cell begins when the server's compilers have nothing left to do: neither for a run
   * that is too short to conclude anything from, nor for a server that is cold on purpose.
   */
  public boolean steady(String variant) {
    return evidence() && !of(variant).get(Schema.WARM_UP).isZero();
  }

  /** From which archive the servers of a variant start; empty if none does. */
  public Optional<JvmArchive> archive() {
    return ofVariant.values().stream()
        .map(settings -> settings.get(JvmKeys.JVM_ARCHIVE))
        .filter(archive -> archive != JvmArchive.NONE)
        .findFirst();
  }

  /** The beginning of a cell's load that is not measured. */
  public Duration leadIn() {
    return settings.get(Schema.LEAD_IN);
  }

  /** The course of a cell's load after the lead-in, in multiples of its load. */
  public List<Phase> phases() {
    return Course.phases(settings);
  }

  /** The length of the window. */
  public Duration measure() {
    return Course.window(settings);
  }

  public int seed() {
    return settings.get(Schema.SEED);
  }

  /** False for a profile too short to conclude anything from. */
  public boolean evidence() {
    return !profile.equals("smoke");
  }
}
