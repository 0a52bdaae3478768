package shedlab.bench.outside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import shedlab.bench.host.HostException;

/**
 * CPU time of a process, thread by thread, in nanoseconds by the thread's number. The kernel's
 * {@code schedstat} counts them; what {@code stat} tells comes in steps of 10 ms.
 */
public record ThreadTimes(Map<Long, Long> nanos) {
  /**
   * Reads them.
   *
   * @throws HostException if the kernel does not tell, or the process has ended
   */
  public static ThreadTimes of(long pid) {
    return of(Path.of("/proc"), pid);
  }

  /** The same below another mount point than {@code /proc}. */
  public static ThreadTimes of(Path proc, long pid) {
    Path tasks = proc.resolve(pid + "/task");
    Map<Long, Long> nanos = new HashMap<>();
    try (Stream<Path> threads = Files.list(tasks)) {
      for (Path thread : (Iterable<Path>) threads::iterator) {
        read(thread, nanos);
      }
    } catch (IOException e) {
      throw new HostException("CPU time", HostException.reason(e), "threads in " + tasks, e);
    }
    return new ThreadTimes(Map.copyOf(nanos));
  }

  private static void read(Path thread, Map<Long, Long> nanos) throws IOException {
    try {
      String[] fields = Files.readString(thread.resolve("schedstat")).split(" ", 2);
      nanos.put(Long.valueOf(thread.getFileName().toString()), Long.valueOf(fields[0]));
    } catch (NoSuchFileException e) {
      if (Files.isDirectory(thread)) {
        throw e; // the kernel counts nothing; otherwise the thread has just ended
      }
    }
  }

  /** CPU seconds of those that are still there since {@code earlier}, some threads left out. */
  public double secondsSince(ThreadTimes earlier, List<Long> without) {
    return nanos.entrySet().stream()
            .filter(thread -> !without.contains(thread.getKey()))
            .mapToLong(now -> now.getValue() - earlier.nanos.getOrDefault(now.getKey(), 0L))
            .sum()
        / 1e9;
  }

  /** The threads of a process whose names begin so. */
  public static List<Long> named(long pid, String prefix) {
    return named(Path.of("/proc"), pid, prefix);
  }

  static List<Long> named(Path proc, long pid, String prefix) {
    return of(proc, pid).nanos.keySet().stream()
        .filter(id -> name(proc.resolve(pid + "/task/" + id)).startsWith(prefix))
        .toList();
  }

  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm"));
    } catch (IOException e) {
      return ""; // it has just ended
    }
  }
}
