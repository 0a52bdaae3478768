package shedlab.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import shedlab.spec.SpecException;

/**
 * The path of a file with options after it: {@code PATH[,key=value]...}. A path may hold blanks,
 * commas and equals signs itself: only what stands after the last comma, begins with a known key
 * and has no slash is an option.
 *
 * @param path all before the options
 * @param options by key
 */
public record RecordedFile(String path, Map<String, String> options) {
  /**
   * Reads a text.
   *
   * @param keys of the options that there may be
   * @throws SpecException if an option is there twice
   */
  public static RecordedFile read(String text, Set<String> keys) {
    Map<String, String> options = new LinkedHashMap<>();
    String path = text;
    for (int comma = path.lastIndexOf(','); comma >= 0; comma = path.lastIndexOf(',')) {
      String option = path.substring(comma + 1);
      int equals = option.indexOf('=');
      String key = equals < 0 ? "" : option.substring(0, equals);
      if (!keys.contains(key) || option.indexOf('/') >= 0) {
        break;
      }
      String value = option.substring(equals + 1);
      SpecException.check(options.put(key, value) == null, key, value, "each key once");
      path = path.substring(0, comma);
    }
    return new RecordedFile(path, options);
  }
}
