package shedlab.bench.experiment;

import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Setting;
import shedlab.spec.SpecException;

/**
 * A key of an experiment with its value, and where it stands.
 *
 * @param place the file and the number of the line, {@code file:12}; empty for the command line
 * @param written the key as the file has it, with the profile or the variant before it
 * @param key the key alone
 */
public record Line(String place, String written, String key, String value) {

  /** What the command line gives a key. */
  static Line asked(String key, String value) {
    return new Line("", key, key, value);
  }

  /** The setting that the line gives a value to. */
  public Setting<?> setting() {
    try {
      return Schema.named(key, value);
    } catch (SpecException e) {
      throw located(e);
    }
  }

  /** The same line, whose key comes after so many letters of what is written. */
  public Line keyFrom(int index) {
    return new Line(place, written, written.substring(index), value);
  }

  /** Reads the value, so that a bad one is found in every line, in use or not. */
  public void check() {
    Setting<?> setting = setting();
    try {
      setting.check(value);
    } catch (SpecException e) {
      throw located(e);
    }
  }

  /** The same mistake, with the place of this line. */
  public SpecException located(SpecException mistake) {
    return place.isEmpty() ? mistake : mistake.at(place);
  }

  /** What is thrown if this line breaks a rule. */
  public SpecException refused(String rule) {
    return located(new SpecException(written, value, rule));
  }
}
