package shedlab.spec;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A name with checked parameter values; its text names every value, defaults included.
 *
 * <p>A value may contain a placeholder, as in {@code rate=${capacity}/s}, which is filled in when
 * the capacity is known. It is checked as if it were {@code 1}, the text keeps it, and until then
 * no strategy can be made.
 */
public final class Spec {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\w+}");

  /** A value that is still to be filled in. */
  private record Open(String text) {}

  private final Definition<?> definition;
  private final Map<Parameter<?>, Object> values;

  private Spec(Definition<?> definition, Map<Parameter<?>, Object> values) {
    this.definition = definition;
    this.values = values;
  }

  static Spec parse(Definition<?> definition, String arguments) {
    Map<String, String> given = split(definition, arguments);
    Map<Parameter<?>, Object> profile = profile(definition, given);
    Map<Parameter<?>, Object> values = new LinkedHashMap<>();
    for (Parameter<?> parameter : definition.parameters()) {
      String text = given.getOrDefault(parameter.key(), "");
      values.put(
          parameter,
          VARIABLE.matcher(text).find()
              ? open(parameter, text)
              : value(definition, parameter, given, profile.get(parameter)));
    }
    Spec spec = new Spec(definition, values);
    spec.checkOrder(definition.ascending());
    return spec;
  }

  /** Checked with {@code 1} in its place. */
  private static Open open(Parameter<?> parameter, String text) {
    try {
      parameter.read(VARIABLE.matcher(text).replaceAll("1"));
    } catch (SpecException e) {
      throw new SpecException(parameter.key(), text, parameter.rule());
    }
    return new Open(text);
  }

  private static Map<String, String> split(Definition<?> definition, String arguments) {
    Map<String, String> given = new LinkedHashMap<>();
    if (arguments.isEmpty()) {
      return given;
    }
    for (String pair : arguments.split(",", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (equals < 0) {
        throw new SpecException(definition.name(), pair, "key=value");
      }
      if (!definition.keys().contains(key)) {
        String rule =
            definition.keys().isEmpty()
                ? "no parameters for " + definition.name()
                : "one of the keys of " + definition.name() + ": " + definition.keys();
        throw new SpecException(key, pair.substring(equals + 1), rule);
      }
      if (given.put(key, pair.substring(equals + 1)) != null) {
        throw new SpecException(key, pair.substring(equals + 1), "each key once");
      }
    }
    return given;
  }

  /** The values that replace the defaults of keys that are not given. */
  private static Map<Parameter<?>, Object> profile(
      Definition<?> definition, Map<String, String> given) {
    Map<Parameter<?>, Object> values = new HashMap<>();
    if (definition.tuned() == null) {
      return values;
    }
    if (value(definition, Target.PROFILE, given, null) == Target.Profile.TUNED) {
      Target target =
          new Target(
              value(definition, Target.DEADLINE, given, null),
              value(definition, Target.WORKERS, given, null));
      for (Setting<?> setting : definition.tuned().apply(target)) {
        values.put(setting.parameter(), setting.checked());
      }
      return values;
    }
    for (Parameter<?> ofTarget : List.of(Target.DEADLINE, Target.WORKERS)) {
      String text = given.get(ofTarget.key());
      if (text != null
          && definition.parameters().stream().noneMatch(own -> own.key().equals(ofTarget.key()))) {
        throw new SpecException(ofTarget.key(), text, "profile=tuned beside it");
      }
    }
    return values;
  }

  @SuppressWarnings("unchecked") // a profile puts a value of the parameter's own type
  private static <T> T value(
      Definition<?> definition,
      Parameter<T> parameter,
      Map<String, String> given,
      @Nullable Object ofProfile) {
    String text = given.get(parameter.key());
    if (text != null) {
      return parameter.read(text);
    }
    T value = ofProfile == null ? parameter.defaultValue() : (T) ofProfile;
    if (value == null) {
      throw new SpecException(
          definition.name() + "." + parameter.key(), "(not given)", parameter.rule());
    }
    return value;
  }

  private void checkOrder(List<? extends Parameter<? extends Number>> ascending) {
    for (int i = 1; i < ascending.size(); i++) {
      Parameter<? extends Number> low = ascending.get(i - 1);
      Parameter<? extends Number> high = ascending.get(i);
      if (values.get(low) instanceof Open || values.get(high) instanceof Open) {
        continue;
      }
      if (get(low).doubleValue() > get(high).doubleValue()) {
        throw new SpecException(high.key(), get(high), low.key() + " (" + get(low) + ") or more");
      }
    }
  }

  /** True if a value is still to be filled in. */
  public boolean isOpen() {
    return values.values().stream().anyMatch(Open.class::isInstance);
  }

  /**
   * The value of one of the definition's parameters.
   *
   * @throws SpecException if it is still to be filled in
   */
  @SuppressWarnings("unchecked") // parse() puts a value of the parameter's own type
  public <T> T get(Parameter<T> parameter) {
    Object value = values.get(parameter);
    if (value == null) {
      throw new IllegalArgumentException(
          definition.name() + " has no parameter " + parameter.key());
    }
    if (value instanceof Open open) {
      throw new SpecException(parameter.key(), open.text, "filled in: " + parameter.rule());
    }
    return (T) value;
  }

  /** The canonical text: every parameter, in the definition's order. */
  @Override
  public String toString() {
    if (values.isEmpty()) {
      return definition.name();
    }
    StringJoiner text = new StringJoiner(",", definition.name() + ":", "");
    values.keySet().forEach(parameter -> text.add(parameter.key() + "=" + write(parameter)));
    return text.toString();
  }

  private <T> String write(Parameter<T> parameter) {
    return values.get(parameter) instanceof Open open
        ? open.text
        : parameter.writer().apply(get(parameter));
  }
}
