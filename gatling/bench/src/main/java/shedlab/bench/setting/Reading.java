package shedlab.bench.setting;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import shedlab.report.result.Variant;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;

/** How the texts of lists, options and whole seconds become values. */
final class Reading {
  private static final Parameter<Double> LOAD =
      Parameter.real("loads", "a multiple of the capacity", 0.05, 100);

  private Reading() {}

  /** Words that may hold commas themselves. */
  static <T> List<T> words(String key, String text, Function<String, T> read) {
    return each(key, text, "\\s+", read);
  }

  /** Words separated by blanks or commas. */
  static <T> List<T> list(String key, String text, Function<String, T> read) {
    return each(key, text, "[\\s,]+", read);
  }

  private static <T> List<T> each(
      String key, String text, String separator, Function<String, T> read) {
    List<T> values = Arrays.stream(text.trim().split(separator)).map(read).toList();
    if (values.stream().distinct().count() < values.size()) {
      throw new SpecException(key, text, "each once");
    }
    return values;
  }

  static List<String> servers(String text) {
    return list(
        "servers",
        text,
        name -> {
          if (!Schema.SERVER_NAMES.contains(name)) {
            throw new SpecException("servers", name, "some of " + Schema.SERVER_NAMES);
          }
          return name;
        });
  }

  static List<Double> loads(String text) {
    return list("loads", text, LOAD::read).stream().sorted().toList();
  }

  static String variant(String name) {
    if (!name.matches("[a-z][a-z0-9-]*") || name.equals(Variant.TWIN)) {
      throw new SpecException("variants", name, "words in lower case, and not " + Variant.TWIN);
    }
    return name;
  }

  static <T> Function<String, Optional<T>> optional(Function<String, T> read) {
    return text ->
        text.isEmpty() || text.equals("none") ? Optional.empty() : Optional.of(read.apply(text));
  }

  static Setting<Duration> seconds(String key) {
    return Setting.of(key, "whole seconds, such as 5s", text -> wholeSeconds(key, text));
  }

  /** Whole seconds, or none at all. */
  static Setting<Duration> secondsOrNone(String key) {
    return Setting.of(
        key,
        "whole seconds, such as 5s, or 0s",
        text -> text.equals("0s") ? Duration.ZERO : wholeSeconds(key, text));
  }

  /** Whole seconds: the injector counts arrivals by the second. */
  static Duration wholeSeconds(String key, String text) {
    Duration value = Parameter.duration(key, "").read(text);
    if (!value.equals(Duration.ofSeconds(value.toSeconds()))) {
      throw new SpecException(key, text, "whole seconds");
    }
    return value;
  }
}
