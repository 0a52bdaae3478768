package shedlab.report.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import shedlab.report.file.Component;

/**
 * What does not follow, {@code where: key: what is there (expected: what follows)}. Records are
 * compared component by component, so that none can be forgotten.
 */
final class Differences {
  /** The same sum in another order. */
  private static final double ROUNDING = 1e-9;

  private final List<String> found = new ArrayList<>();

  List<String> all() {
    return found;
  }

  void add(String where, String what) {
    found.add(where + ": " + what);
  }

  /**
   * Compares what is there with what follows.
   *
   * @param by what it follows from, for the message
   */
  void same(
      String where, String key, @Nullable Object there, @Nullable Object expected, String by) {
    if (there instanceof Record a && expected instanceof Record b && a.getClass() == b.getClass()) {
      for (Component component : Component.of(a.getClass())) {
        String path = Component.path(key, component.name());
        same(where, path, component.value(a), component.value(b), by);
      }
    } else if (there instanceof List<?> a
        && expected instanceof List<?> b
        && a.size() == b.size()) {
      for (int i = 0; i < a.size(); i++) {
        same(where, Component.path(key, Integer.toString(i)), a.get(i), b.get(i), by);
      }
    } else if (there instanceof Map<?, ?> a && expected instanceof Map<?, ?> b) {
      var keys = new TreeSet<String>();
      a.keySet().forEach(name -> keys.add(String.valueOf(name)));
      b.keySet().forEach(name -> keys.add(String.valueOf(name)));
      keys.forEach(name -> same(where, Component.path(key, name), a.get(name), b.get(name), by));
    } else if (!Objects.equals(there, expected) && !close(there, expected)) {
      add(where, key + ": " + there + " (expected: " + expected + ", by " + by + ")");
    }
  }

  private static boolean close(@Nullable Object found, @Nullable Object expected) {
    return found instanceof Double a
        && expected instanceof Double b
        && Math.abs(a - b) <= ROUNDING * Math.max(1, Math.abs(b));
  }
}
