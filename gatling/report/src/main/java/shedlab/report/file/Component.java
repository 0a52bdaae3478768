package shedlab.report.file;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A component of a record: its name, its value, and its path in a message. Thread-safe. */
public final class Component {
  /** Reflection answers anew each time, and takes longer than everything else in a check. */
  private static final ClassValue<List<Component>> KNOWN =
      new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents()).map(Component::new).toList();
        }
      };

  private final String name;
  private final boolean nullable;
  private final Method accessor;

  private Component(RecordComponent component) {
    this.name = component.getName();
    this.nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    this.accessor = component.getAccessor();
    accessor.setAccessible(true);
  }

  /** The components of a kind of record, in its order. */
  public static List<Component> of(Class<? extends Record> type) {
    return KNOWN.get(type);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** True if it is declared so that it may be null. */
  boolean mayBeNull() {
    return nullable;
  }

  /** What a record holds there. */
  public @Nullable Object value(Record part) {
    try {
      return accessor.invoke(part);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Two names with a dot between them, or the one that is not empty. */
  public static String path(String outer, String inner) {
    return outer.isEmpty() || inner.isEmpty() ? outer + inner : outer + "." + inner;
  }
}
