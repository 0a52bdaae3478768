package shedlab.bench.experiment;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Setting;
import shedlab.spec.SpecException;

/**
 * An experiment's file: the keys of the plain way, of each profile and of each variant. Every line
 * has an effect under some profile, or is refused.
 *
 * @param plain the lines without a profile, by key
 * @param ofProfile those of each profile, by key
 * @param ofVariant those of each variant, by key
 */
record Written(
    Map<String, Line> plain,
    Map<String, Map<String, Line>> ofProfile,
    Map<String, Map<String, Line>> ofVariant) {
  private static final String VARIANT = "variant.";

  /** The window has a length or a course: of the two, a profile's replaces the plain other. */
  private static final Map<String, String> INSTEAD =
      Map.of(Schema.MEASURE.key(), Schema.PHASES.key(), Schema.PHASES.key(), Schema.MEASURE.key());

  /**
   * Reads a file.
   *
   * @param asked keys of the command line: it may list variants, and has a reference of its own
   * @throws SpecException that names file and line, for one that could have no effect
   */
  static Written read(Path file, Map<String, Line> asked) {
    Written written =
        new Written(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    for (Line line : ExperimentFile.read(file)) {
      written.add(line);
    }
    written.checkReach();
    Line variants = asked.get(Schema.VARIANTS.key());
    written.checkVariants(variants == null ? List.of() : words(variants, Schema.VARIANTS));
    Experiment.PROFILES.forEach(written::checkReference);
    return written;
  }

  /** What holds under a profile, by key. */
  Map<String, Line> under(String profile) {
    return over(plain, ofProfile.getOrDefault(profile, Map.of()));
  }

  /** One layer of lines over another. */
  static Map<String, Line> over(Map<String, Line> below, Map<String, Line> above) {
    Map<String, Line> all = new LinkedHashMap<>(below);
    above.values().stream()
        .filter(line -> !line.value().isEmpty())
        .forEach(line -> all.remove(INSTEAD.getOrDefault(line.key(), "")));
    all.putAll(above);
    return all;
  }

  private void add(Line line) {
    String written = line.written();
    int dot = written.indexOf('.');
    if (written.startsWith(VARIANT)) {
      addToVariant(line);
    } else if (dot < 0) {
      line.check();
      plain.put(line.key(), line);
    } else if (!Experiment.PROFILES.contains(written.substring(0, dot))) {
      throw line.refused("a profile before the dot, one of " + Experiment.PROFILES);
    } else {
      Line ofKey = line.keyFrom(dot + 1);
      ofKey.check();
      ofProfile
          .computeIfAbsent(written.substring(0, dot), p -> new LinkedHashMap<>())
          .put(ofKey.key(), ofKey);
    }
  }

  private void addToVariant(Line line) {
    int dot = line.written().indexOf('.', VARIANT.length());
    if (dot < 0) {
      throw line.refused("variant.NAME. and a key that a cell may have");
    }
    Line ofKey = line.keyFrom(dot + 1);
    if (!ofKey.setting().ofCell()) {
      throw line.refused("variant.NAME. and a key that a cell may have");
    }
    String name = line.written().substring(VARIANT.length(), dot);
    if (name.equals(Schema.PLAIN)) {
      throw line.refused("another variant: " + Schema.PLAIN + " has the keys without a variant");
    }
    ofKey.check();
    ofVariant.computeIfAbsent(name, n -> new LinkedHashMap<>()).put(ofKey.key(), ofKey);
  }

  /** A plain key that every profile replaces is never read. */
  private void checkReach() {
    for (Line line : plain.values()) {
      if (Experiment.PROFILES.stream()
          .allMatch(p -> ofProfile.getOrDefault(p, Map.of()).containsKey(line.key()))) {
        throw line.refused("a profile that does not replace it");
      }
    }
  }

  /** Variants with keys are in a list, and their strategies are strategies of the experiment. */
  private void checkVariants(Collection<String> asked) {
    Set<String> declared = new LinkedHashSet<>(asked);
    declared.addAll(everywhere(Schema.VARIANTS));
    Set<String> strategies = everywhere(Schema.STRATEGIES);
    ofVariant.forEach(
        (name, lines) -> {
          for (Line line : lines.values()) {
            if (!declared.contains(name)) {
              throw line.refused("a variant of the list variants: " + declared);
            }
            if (line.setting().equals(Schema.STRATEGIES)) {
              words(line, Schema.STRATEGIES).stream()
                  .filter(word -> !strategies.contains(word))
                  .forEach(
                      word -> {
                        throw line.located(
                            new SpecException(
                                line.written(), word, "some of strategies: " + strategies));
                      });
            }
          }
        });
  }

  private void checkReference(String profile) {
    Map<String, Line> lines = under(profile);
    Line reference = lines.get(Schema.REFERENCE.key());
    Line strategies = lines.get(Schema.STRATEGIES.key());
    if (reference != null && strategies != null) {
      checkReference(reference, strategies, "strategies of the profile " + profile);
    }
  }

  /** Throws if a reference is none of the strategies. */
  static void checkReference(Line reference, Line strategies, String whose) {
    List<String> words = words(strategies, Schema.STRATEGIES);
    if (!reference.value().isEmpty() && !words.contains(reference.value())) {
      throw reference.refused("one of the " + whose + ": " + words);
    }
  }

  /** The words of a list in all profiles together. */
  private Set<String> everywhere(Setting<List<String>> list) {
    Set<String> words = new LinkedHashSet<>();
    Experiment.PROFILES.stream()
        .map(profile -> under(profile).get(list.key()))
        .forEach(line -> words.addAll(line == null ? List.of() : words(line, list)));
    return words;
  }

  private static List<String> words(Line line, Setting<List<String>> list) {
    return line.value().isEmpty() ? List.of() : list.read().apply(line.value());
  }
}
