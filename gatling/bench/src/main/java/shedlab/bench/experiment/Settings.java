package shedlab.bench.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import shedlab.spec.SpecException;

/** The values of an experiment's keys, as text and typed. Every value has been read once. */
public final class Settings {
  private final Map<String, String> text;

  private Settings(Map<String, String> text) {
    this.text = text;
  }

  /**
   * From texts by key.
   *
   * @throws SpecException if a key is unknown, missing or breaks its rule
   */
  static Settings of(Map<String, String> given) {
    given.forEach(Setting::named);
    Map<String, String> resolved = new LinkedHashMap<>();
    for (Setting<?> setting : Setting.all()) {
      String value = given.getOrDefault(setting.key(), "");
      String fallback = setting.fallback();
      if (value.isEmpty() && fallback == null) {
        throw new SpecException(setting.key(), "(not given)", "a value");
      }
      String used = value.isEmpty() && fallback != null ? fallback : value;
      Object unused = setting.read().apply(used);
      resolved.put(setting.key(), used);
    }
    return new Settings(resolved);
  }

  /** The value of a key. */
  <T> T get(Setting<T> setting) {
    return setting.read().apply(text.getOrDefault(setting.key(), ""));
  }

  /** The same with some values replaced. */
  Settings with(Map<String, String> others) {
    Map<String, String> all = new LinkedHashMap<>(text);
    all.putAll(others);
    return of(all);
  }

  /** Every key with its text. */
  public Map<String, String> text() {
    return Collections.unmodifiableMap(text);
  }
}
