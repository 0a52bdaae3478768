package shedlab.bench.setting;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import shedlab.bench.setting.Setting.NeededBy;
import shedlab.spec.SpecException;

/** The values of an experiment's keys. Every text has been read once. Immutable. */
public final class Settings {
  private final Map<String, String> text;
  private final Map<Setting<?>, Object> values;

  private Settings(Map<String, String> text, Map<Setting<?>, Object> values) {
    this.text = Collections.unmodifiableMap(text);
    this.values = values;
  }

  /**
   * From texts by key; an empty one counts as not given.
   *
   * @throws SpecException if a key is unknown, missing or breaks its rule
   */
  public static Settings of(Map<String, String> given) {
    return new Settings(Map.of(), Map.of()).with(given);
  }

  /** The same with some values replaced; only those are read. */
  public Settings with(Map<String, String> others) {
    others.forEach(Schema::named);
    Map<String, String> texts = new LinkedHashMap<>();
    Map<Setting<?>, Object> read = new LinkedHashMap<>();
    for (Setting<?> setting : Schema.all()) {
      String other = others.get(setting.key());
      Object value = other == null ? values.get(setting) : null;
      if (value == null) {
        read(setting, setting.used(other == null ? "" : other), texts, read);
      } else {
        texts.put(setting.key(), text(setting));
        read.put(setting, value);
      }
    }
    return new Settings(texts, read);
  }

  private static <T> void read(
      Setting<T> setting, String text, Map<String, String> texts, Map<Setting<?>, Object> values) {
    T value = setting.read().apply(text);
    texts.put(setting.key(), setting.recorded(text, value));
    values.put(setting, value);
  }

  /** The value of a key. */
  @SuppressWarnings("unchecked") // with() puts a value of the setting's own type
  public <T> T get(Setting<T> setting) {
    return (T) Objects.requireNonNull(values.get(setting), setting.key());
  }

  /** The text of a key. */
  public String text(Setting<?> setting) {
    return text.getOrDefault(setting.key(), "");
  }

  /** Every key with its text, in the order of the schema. */
  public Map<String, String> text() {
    return text;
  }

  /** What a server is started with: options by name. */
  public Map<String, String> ofServer() {
    Map<String, String> options = new LinkedHashMap<>();
    for (Setting<?> setting : Schema.all()) {
      if (setting.neededBy() == NeededBy.SERVER) {
        options.put(setting.key(), text(setting));
      }
    }
    return options;
  }
}
