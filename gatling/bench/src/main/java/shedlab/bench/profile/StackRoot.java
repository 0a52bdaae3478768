package shedlab.bench.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outermost frame of a flame graph, which says what a stack was for. */
final class StackRoot {
  private static final String TASK = "shedlab.task.CpuTask.";
  private static final List<String> REFUSAL =
      List.of("shedlab.servers.endpoint.Call.onShed", "shedlab.servers.endpoint.Refusals.");

  private StackRoot() {}

  /**
   * Tasks and refusals by the code that was running, everything else by its thread.
   *
   * @param thread the name of the thread; null if it has none
   * @param frames class and method, the outermost first
   */
  static String of(@Nullable String thread, List<String> frames) {
    if (frames.stream().anyMatch(frame -> frame.startsWith(TASK))) {
      return "tasks";
    }
    boolean refuses =
        frames.stream().anyMatch(frame -> REFUSAL.stream().anyMatch(frame::startsWith));
    return refuses ? "refusals" : named(thread);
  }

  /** A thread without its number: those of a pool are one. */
  static String named(@Nullable String thread) {
    if (thread == null || thread.isBlank()) {
      return "threads of the JVM";
    }
    String name = thread.replaceAll("[-# ]*[0-9]+$", "").strip();
    return "thread " + (name.isEmpty() ? thread : name);
  }

  /** The name of a class without the numbers that a JVM gives to those it makes itself. */
  static String type(String name) {
    return name.replaceAll("(\\$\\$Lambda|LambdaForm\\$[A-Z]+).*", "$1");
  }
}
