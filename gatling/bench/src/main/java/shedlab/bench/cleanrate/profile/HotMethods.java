package shedlab.bench.cleanrate.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * In which methods samples were taken: those that ran, not those that had called them.
 *
 * <p>Unlike {@code Recording} of {@code shedlab.bench.profile}, which weighs whole stacks of a
 * window by CPU time, it counts every sample of a finished file once.
 *
 * @param samples how many in all
 * @param byMethod the same by {@code package.Class.method}
 */
public record HotMethods(long samples, Map<String, Long> byMethod) {
  private static final String SAMPLE = "jdk.ExecutionSample";

  /**
   * Of a flight recording.
   *
   * @throws IOException if the file is none
   */
  public static HotMethods read(Path recording) throws IOException {
    Map<String, Long> counts = new HashMap<>();
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        RecordedStackTrace stack = event.getStackTrace();
        if (event.getEventType().getName().equals(SAMPLE)
            && stack != null
            && !stack.getFrames().isEmpty()) {
          RecordedMethod method = stack.getFrames().get(0).getMethod();
          counts.merge(method.getType().getName() + "." + method.getName(), 1L, Long::sum);
        }
      }
    }
    return of(counts);
  }

  static HotMethods of(Map<String, Long> counts) {
    return new HotMethods(
        counts.values().stream().mapToLong(Long::longValue).sum(), Map.copyOf(counts));
  }

  /** A method and its share of all samples. */
  public record Hot(String method, double share) {}

  /** Those with the most samples. */
  public List<Hot> top(int number) {
    return byMethod.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Long> entry) -> -entry.getValue())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(number)
        .map(entry -> new Hot(entry.getKey(), (double) entry.getValue() / samples))
        .toList();
  }
}
