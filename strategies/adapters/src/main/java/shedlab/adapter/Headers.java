package shedlab.adapter;

import org.jspecify.annotations.Nullable;

/** The header fields of a request. */
@FunctionalInterface
public interface Headers {
  /** The first value of a field; null if there is none. The case of the name does not matter. */
  @Nullable String get(String name);
}
