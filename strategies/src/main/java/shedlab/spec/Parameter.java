package shedlab.spec;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A typed key of a spec: how its text is read, checked and written.
 *
 * @param key the word before {@code =}
 * @param idea what it means, in a few words
 * @param rule what a value must be, for the error message
 * @param defaultValue the value if the text gives none; null if it must be given
 * @param reader from text to value; null or {@link IllegalArgumentException} if it breaks the rule
 * @param writer from value to canonical text; reading that gives the value back
 */
public record Parameter<T>(
    String key,
    String idea,
    String rule,
    @Nullable T defaultValue,
    Function<String, @Nullable T> reader,
    Function<T, String> writer) {

  private static final Pattern DIGITS = Pattern.compile("-?[0-9]+");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?");
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ns|us|ms|s|min)");

  private static final double MOST_PER_SECOND = 1e9;

  /** What fits into nanoseconds, with room to spare. */
  private static final Duration LONGEST = Duration.ofSeconds(999_999_999);

  /** A whole number in {@code [min, max]}. */
  public static Parameter<Integer> integer(String key, String idea, int min, int max) {
    return new Parameter<>(
        key,
        idea,
        "a whole number from " + min + " to " + max,
        null,
        text -> {
          if (!DIGITS.matcher(text).matches()) {
            return null;
          }
          int value = Integer.parseInt(text);
          return value >= min && value <= max ? value : null;
        },
        Object::toString);
  }

  /** A decimal number in {@code [min, max]}. */
  public static Parameter<Double> real(String key, String idea, double min, double max) {
    return new Parameter<>(
        key,
        idea,
        "a number from " + min + " to " + max,
        null,
        text -> {
          if (!DECIMAL.matcher(text).matches()) {
            return null;
          }
          double value = Double.parseDouble(text);
          return value >= min && value <= max ? value : null;
        },
        Object::toString);
  }

  /** A share, written as a percentage such as {@code 3%}. */
  public static Parameter<Double> percentage(String key, String idea, double least, double most) {
    Function<Double, String> write =
        value ->
            BigDecimal.valueOf(value).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    return new Parameter<>(
        key,
        idea,
        "a percentage from " + write.apply(least) + " to " + write.apply(most),
        null,
        text -> {
          String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : "";
          if (!DECIMAL.matcher(number).matches()) {
            return null;
          }
          double value = new BigDecimal(number).movePointLeft(2).doubleValue();
          return value >= least && value <= most ? value : null;
        },
        write);
  }

  /** A positive duration: a whole number and its unit. */
  public static Parameter<Duration> duration(String key, String idea) {
    return new Parameter<>(
        key,
        idea,
        "a duration above zero such as 250us, 100ms, 5s or 1min",
        null,
        Parameter::readDuration,
        Parameter::writeDuration);
  }

  /** A duration of {@code least} or more. */
  public static Parameter<Duration> duration(String key, String idea, Duration least) {
    return new Parameter<>(
        key,
        idea,
        "a duration of " + writeDuration(least) + " or more",
        null,
        text -> {
          Duration value = readDuration(text);
          return value == null || value.compareTo(least) < 0 ? null : value;
        },
        Parameter::writeDuration);
  }

  /** A rate above zero: a number and {@code /s}. */
  public static Parameter<Double> rate(String key, String idea) {
    return new Parameter<>(
        key,
        idea,
        "a rate above zero such as 180/s",
        null,
        text -> {
          if (!text.endsWith("/s")) {
            return null;
          }
          String number = text.substring(0, text.length() - 2);
          double value = DECIMAL.matcher(number).matches() ? Double.parseDouble(number) : 0;
          return value > 0 && value <= MOST_PER_SECOND ? value : null;
        },
        value -> value == Math.rint(value) ? Math.round(value) + "/s" : value + "/s");
  }

  /** A positive duration, or {@code none}, which is {@link Duration#ZERO}. */
  public static Parameter<Duration> durationOrNone(String key, String idea) {
    Parameter<Duration> some = duration(key, idea);
    return new Parameter<>(
        key,
        idea,
        some.rule + ", or none",
        null,
        text -> text.equals("none") ? Duration.ZERO : readDuration(text),
        value -> value.isZero() ? "none" : writeDuration(value));
  }

  /** One of an enum's constants, in lower case with hyphens. */
  public static <E extends Enum<E>> Parameter<E> choice(String key, String idea, Class<E> type) {
    E[] all = type.getEnumConstants();
    return new Parameter<>(
        key,
        idea,
        "one of " + Arrays.stream(all).map(Parameter::word).collect(Collectors.joining(", ")),
        null,
        text -> Arrays.stream(all).filter(e -> word(e).equals(text)).findFirst().orElse(null),
        Parameter::word);
  }

  /** The same parameter, optional. */
  public Parameter<T> defaultsTo(T value) {
    return new Parameter<>(key, idea, rule, value, reader, writer);
  }

  /** This value in a profile. */
  public Setting<T> at(T value) {
    return new Setting<>(this, value);
  }

  /** The default as canonical text; null if a value must be given. */
  public @Nullable String defaultText() {
    return defaultValue == null ? null : writer.apply(defaultValue);
  }

  /**
   * The value of a text.
   *
   * @throws SpecException if it breaks the rule
   */
  public T read(String text) {
    T value;
    try {
      value = reader.apply(text);
    } catch (IllegalArgumentException e) {
      value = null;
    }
    if (value == null) {
      throw new SpecException(key, text, rule);
    }
    return value;
  }

  private static @Nullable Duration readDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration value =
        switch (matcher.group(2)) {
          case "ns" -> Duration.ofNanos(amount);
          case "us" -> Duration.ofNanos(1_000 * amount);
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          default -> Duration.ofMinutes(amount);
        };
    return value.isZero() || value.compareTo(LONGEST) > 0 ? null : value;
  }

  private static String writeDuration(Duration value) {
    long nanos = value.toNanos();
    if (nanos % 60_000_000_000L == 0) {
      return nanos / 60_000_000_000L + "min";
    }
    if (nanos % 1_000_000_000 == 0) {
      return nanos / 1_000_000_000 + "s";
    }
    if (nanos % 1_000_000 == 0) {
      return nanos / 1_000_000 + "ms";
    }
    return nanos % 1_000 == 0 ? nanos / 1_000 + "us" : nanos + "ns";
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
