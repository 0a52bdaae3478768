package shedlab.bench.setting;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;

/**
 * A key of an experiment: what it means, and how its text becomes a value.
 *
 * @param key the word before {@code =}
 * @param meaning one sentence for the documentation
 * @param rule what a value must be
 * @param fallback the text if none is given; null if one must be
 * @param neededBy who acts on it
 * @param ofCell whether variants may differ in it
 * @param read from text to value; throws {@link SpecException} if it breaks the rule
 * @param write from value to the text that is recorded; null to record the text as it was given
 */
public record Setting<T>(
    String key,
    String meaning,
    String rule,
    @Nullable String fallback,
    NeededBy neededBy,
    boolean ofCell,
    Function<String, T> read,
    @Nullable Function<? super T, String> write) {

  /** Who acts on a setting. */
  public enum NeededBy {
    /** The plan and the runner. */
    RUN,
    /** The load generator. */
    CLIENT,
    /** The server's process, which is started with {@code --key=value}. */
    SERVER
  }

  /** A setting of the whole run that must be given. */
  static <T> Setting<T> of(String key, String rule, Function<String, T> read) {
    return new Setting<>(key, "", rule, null, NeededBy.RUN, false, read, null);
  }

  static <T> Setting<T> of(Parameter<T> parameter) {
    return of(parameter.key(), parameter.rule(), parameter::read);
  }

  /** One of an enum's constants, in lower case with hyphens. */
  static <E extends Enum<E>> Setting<E> choice(String key, Class<E> type) {
    return of(Parameter.choice(key, "", type));
  }

  /** Yes or no. */
  static Setting<Boolean> yesOrNo(String key) {
    return oneOf(key, Map.of("yes", true, "no", false));
  }

  private static <T> Setting<T> oneOf(String key, Map<String, T> words) {
    String rule = words.keySet().stream().sorted().collect(Collectors.joining(" or "));
    return of(
        key,
        rule,
        text -> {
          T value = words.get(text);
          if (value == null) {
            throw new SpecException(key, text, rule);
          }
          return value;
        });
  }

  /** The same, explained. */
  Setting<T> means(String sentence) {
    return new Setting<>(key, sentence, rule, fallback, neededBy, ofCell, read, write);
  }

  /** The same, optional: this text stands for none. */
  Setting<T> or(String text) {
    return new Setting<>(key, meaning, rule, text, neededBy, ofCell, read, write);
  }

  /** The same, in which variants may differ. */
  Setting<T> inCell(NeededBy who) {
    return new Setting<>(key, meaning, rule, fallback, who, true, read, write);
  }

  /** The same, recorded as this text whatever was given. */
  Setting<T> writtenBy(Function<? super T, String> writer) {
    return new Setting<>(key, meaning, rule, fallback, neededBy, ofCell, read, writer);
  }

  /** The text to record of a value. */
  String recorded(String given, T value) {
    return write == null ? given : write.apply(value);
  }

  /**
   * Reads a value and forgets it.
   *
   * @throws SpecException if it breaks the rule
   */
  public void check(String given) {
    T unused = read.apply(used(given)); // it only has to be one
  }

  /** The text that is used if {@code given} is none. */
  String used(String given) {
    if (!given.isEmpty()) {
      return given;
    }
    if (fallback == null) {
      throw missing();
    }
    return fallback;
  }

  /** What is thrown if a value must be given and is not. */
  public SpecException missing() {
    return new SpecException(key, "(not given)", rule);
  }

  /** An enum's constant as it is written. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Keys are unique: two settings are the same if their keys are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Setting<?> that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  /** A row of the documentation. */
  String markdown() {
    String otherwise =
        fallback == null ? "must be given" : fallback.isEmpty() ? "none" : "`" + fallback + "`";
    return Arrays.asList("`" + key + "`", meaning, rule, otherwise, ofCell ? "yes" : "no").stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
