package shedlab.bench.setting;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import shedlab.load.ArrivalProcess;
import shedlab.report.result.Variant;
import shedlab.simulation.model.Tenant;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;

/** How the texts of lists, options and whole seconds become values. */
final class Reading {
  private static final Parameter<Double> LOAD =
      Parameter.real("loads", "a multiple of the capacity", 0.05, 100);

  private static final Map<Duration, String> STEPS =
      Map.of(Duration.ofMillis(1), "milliseconds", Duration.ofNanos(1_000), "microseconds");

  /** What rounding to four digits may leave. */
  private static final double MEAN_WORK_ERROR = 1e-3;

  private static final Pattern SERVER = Pattern.compile("[a-z][a-z0-9-]*|(url|image|cmd):\\S+");

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
    List<String> words =
        Arrays.stream(text.split(separator)).filter(word -> !word.isEmpty()).toList();
    SpecException.check(!words.isEmpty(), key, "(not given)", "one or more");
    List<T> values = words.stream().map(read).toList();
    if (values.stream().distinct().count() < values.size()) {
      throw new SpecException(key, text, "each once");
    }
    return values;
  }

  /** What may be measured: ours, and targets. */
  static String serversRule() {
    return "some of "
        + Schema.SERVER_NAMES
        + ", targets of servers/targets, url:http://HOST:PORT, image:NAME, cmd:COMMAND";
  }

  static List<String> servers(String text) {
    return list(
        "servers",
        text,
        name -> {
          if (!SERVER.matcher(name).matches()) {
            throw new SpecException("servers", name, serversRule());
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

  /**
   * Kinds of clients. Their works are relative sizes: with a mean of 1, by share, 0.9x is 0.9 of
   * the capacity whoever asks.
   */
  static List<Tenant> tenants(String text) {
    List<Tenant> tenants = words("tenants", text, Tenant::parse);
    if (tenants.stream().map(Tenant::name).distinct().count() < tenants.size()) {
      throw new SpecException("tenants", text, "each name once");
    }
    double shares = tenants.stream().mapToDouble(Tenant::share).sum();
    double mean = tenants.stream().mapToDouble(t -> t.share() * t.work()).sum() / shares;
    if (Math.abs(mean - 1) > MEAN_WORK_ERROR) {
      String divided =
          tenants.stream()
              .map(t -> String.format(Locale.ROOT, "%s:work=%.4g", t.name(), t.work() / mean))
              .collect(Collectors.joining(" "));
      throw new SpecException(
          "tenants", text, "a mean work of 1, weighted by share, such as " + divided);
    }
    return tenants;
  }

  /** A trace is there, and not only its digest. */
  static ArrivalProcess arrivals(String text) {
    ArrivalProcess process = ArrivalProcess.parse(text);
    SpecException.check(
        process.missing().isEmpty(), "arrivals", text, "trace:file= and the path of a file");
    return process;
  }

  static String orNothing(Optional<?> value) {
    return value.map(Object::toString).orElse("");
  }

  static <T> Function<String, Optional<T>> optional(Function<String, T> read) {
    return text ->
        text.isEmpty() || text.equals(Schema.NONE)
            ? Optional.empty()
            : Optional.of(read.apply(text));
  }

  /** What the injector counts in whole milliseconds. */
  static Setting<Duration> millis(String key) {
    return within(key, Duration.ofMillis(1), Duration.ofMinutes(10), Duration.ofMillis(1));
  }

  /** From one duration to another, in whole steps. */
  static Setting<Duration> within(String key, Duration least, Duration most, Duration step) {
    Parameter<Duration> any = Parameter.duration(key, "");
    String rule =
        String.format(
            "a duration from %s to %s, in whole %s",
            any.writer().apply(least), any.writer().apply(most), STEPS.get(step));
    return Setting.of(
        key,
        rule,
        text -> {
          Duration value = any.read(text);
          boolean whole = value.toNanos() % step.toNanos() == 0;
          boolean inside = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
          SpecException.check(whole && inside, key, text, rule);
          return value;
        });
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
