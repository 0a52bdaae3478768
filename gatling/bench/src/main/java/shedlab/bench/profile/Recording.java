package shedlab.bench.profile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import shedlab.report.flame.Stacks;

/**
 * What the flight recorder of a JVM has written: stacks of threads that run Java code, and how much
 * CPU time each thread used. The only reader of such files.
 *
 * <p>A sample says what a thread was doing, not for how long: a thread that is ready and waits for
 * a CPU is sampled like one that has it. So the samples of a thread share the CPU time that the
 * thread used.
 */
public final class Recording {
  private static final String SAMPLE = "jdk.ExecutionSample";
  private static final String LOAD = "jdk.ThreadCPULoad";

  /** Of a thread that used CPU time and was never sampled: it was in system calls or in the JVM. */
  private static final String NOT_SAMPLED = "(not in Java code)";

  /** Weights are whole numbers: so many for the whole CPU time of a window. */
  private static final double WHOLE = 1_000_000;

  /** Of a chunk's header: how much of it is valid, and where that is. */
  private static final int SIZE_AT = 8;

  private static final int HEADER_BYTES = 68;

  /**
   * A thread in the window.
   *
   * @param load sum of its shares of the CPUs
   */
  private static final class Sampled {
    private final Map<String, Integer> stacks = new TreeMap<>();
    private double load;
    private int samples;
  }

  private final Instant from;
  private final Instant to;
  private final Map<Long, Sampled> threads = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();

  private Recording(Instant from, Instant to) {
    this.from = from;
    this.to = to;
  }

  /**
   * Reads the chunks of a recorder that may still be writing, between two moments.
   *
   * @param repository its folder
   * @param scratch an empty folder for copies
   * @throws IOException if one cannot be read
   */
  static Stacks between(Path repository, Instant from, Instant to, Path scratch)
      throws IOException {
    var recording = new Recording(from, to);
    for (Path chunk : chunks(repository)) {
      recording.read(whole(chunk, scratch));
    }
    return recording.stacks();
  }

  /**
   * In which methods the samples of a finished file were taken: those that ran, not those that had
   * called them.
   *
   * @return the number of samples by {@code package.Class.method}
   * @throws IOException if the file is no recording
   */
  public static Map<String, Long> methods(Path file) throws IOException {
    Map<String, Long> samples = new TreeMap<>();
    each(
        file,
        event -> {
          RecordedStackTrace trace = event.getStackTrace();
          if (event.getEventType().getName().equals(SAMPLE) && trace != null) {
            List<String> frames = frames(trace);
            if (!frames.isEmpty()) {
              samples.merge(frames.get(frames.size() - 1), 1L, Long::sum);
            }
          }
        });
    return samples;
  }

  private static void each(Path file, Consumer<RecordedEvent> reader) throws IOException {
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        reader.accept(events.readEvent());
      }
    }
  }

  private static List<Path> chunks(Path repository) throws IOException {
    if (!Files.isDirectory(repository)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(repository)) {
      return files.filter(file -> file.toString().endsWith(".jfr")).sorted().toList();
    }
  }

  /**
   * A copy of a chunk that ends where its header says: behind that the recorder may be writing. The
   * header is copied first, so all that it knows of is in the copy.
   */
  private static Path whole(Path chunk, Path scratch) throws IOException {
    Path copy = scratch.resolve(chunk.getFileName().toString());
    Files.copy(chunk, copy);
    try (FileChannel file =
        FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var size = ByteBuffer.allocate(Long.BYTES);
      if (file.size() >= HEADER_BYTES && file.read(size, SIZE_AT) == Long.BYTES) {
        file.truncate(Math.max(HEADER_BYTES, size.getLong(0)));
      }
    }
    return copy;
  }

  private void read(Path chunk) throws IOException {
    if (Files.size(chunk) <= HEADER_BYTES) {
      return; // nothing is in it yet
    }
    each(
        chunk,
        event -> {
          Instant time = event.getStartTime();
          if (!time.isBefore(from) && time.isBefore(to)) {
            take(event);
          }
        });
  }

  private void take(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case SAMPLE -> {
        RecordedThread thread = event.getThread("sampledThread");
        RecordedStackTrace trace = event.getStackTrace();
        if (thread != null && trace != null) {
          Sampled sampled = sampled(thread);
          sampled.stacks.merge(stack(thread, trace), 1, Integer::sum);
          sampled.samples++;
        }
      }
      case LOAD -> {
        RecordedThread thread = event.getThread();
        if (thread != null) {
          sampled(thread).load += event.getFloat("user") + event.getFloat("system");
        }
      }
      default -> {} // what the recorder writes for itself
    }
  }

  private Sampled sampled(RecordedThread thread) {
    names.putIfAbsent(thread.getId(), StackRoot.named(thread.getJavaName()));
    return threads.computeIfAbsent(thread.getId(), id -> new Sampled());
  }

  private static String stack(RecordedThread thread, RecordedStackTrace trace) {
    List<String> frames = frames(trace);
    frames.add(0, StackRoot.of(thread.getJavaName(), frames));
    return Stacks.folded(frames);
  }

  /** Class and method of each frame, the outermost first. */
  private static List<String> frames(RecordedStackTrace trace) {
    List<String> frames = new ArrayList<>();
    for (RecordedFrame frame : trace.getFrames()) { // the innermost first
      RecordedMethod method = frame.getMethod();
      if (method != null) {
        frames.add(0, StackRoot.type(method.getType().getName()) + "." + method.getName());
      }
    }
    return frames;
  }

  /** The samples of each thread share its part of the CPU time. */
  private Stacks stacks() {
    double all = threads.values().stream().mapToDouble(thread -> thread.load).sum();
    long samples = threads.values().stream().mapToLong(thread -> thread.samples).sum();
    Map<String, Double> weights = new TreeMap<>();
    threads.forEach(
        (id, thread) -> {
          double part = all > 0 ? thread.load / all : (double) thread.samples / samples;
          thread.stacks.forEach(
              (stack, count) ->
                  weights.merge(stack, WHOLE * part * count / thread.samples, Double::sum));
          if (thread.samples == 0 && part > 0) {
            String alone = Stacks.folded(List.of(names.getOrDefault(id, ""), NOT_SAMPLED));
            weights.merge(alone, WHOLE * part, Double::sum);
          }
        });
    Map<String, Long> whole = new TreeMap<>();
    weights.forEach(
        (stack, weight) -> {
          if (Math.round(weight) > 0) {
            whole.put(stack, Math.round(weight));
          }
        });
    return new Stacks(whole);
  }
}
