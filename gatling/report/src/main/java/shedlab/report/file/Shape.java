package shedlab.report.file;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a record promises of its components. */
final class Shape {
  private Shape() {}

  /**
   * The path of a component that is null and may not be, or no finite number, down to the records
   * in it; null if there is none. Jackson hands nulls to records; the rest of the code may rely on
   * what they declare.
   */
  static @Nullable String brokenIn(@Nullable Object value) {
    if (value instanceof Record part) {
      return brokenIn(part);
    }
    if (value instanceof Double number) {
      return Double.isFinite(number) ? null : ""; // as text it passes for a number
    }
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        String broken = list.get(i) == null ? "" : brokenIn(list.get(i));
        if (broken != null) {
          return Component.path(Integer.toString(i), broken);
        }
      }
    }
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (entry.getValue() == null) {
          return String.valueOf(entry.getKey());
        }
      }
    }
    return null;
  }

  private static @Nullable String brokenIn(Record part) {
    for (Component component : Component.of(part.getClass())) {
      Object value = component.value(part);
      String broken = value == null ? (component.mayBeNull() ? null : "") : brokenIn(value);
      if (broken != null) {
        return Component.path(component.name(), broken);
      }
    }
    return null;
  }
}
