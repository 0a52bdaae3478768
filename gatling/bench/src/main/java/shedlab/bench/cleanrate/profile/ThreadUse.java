package shedlab.bench.cleanrate.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import shedlab.bench.host.HostException;

/** CPU time of the threads of a process up to a moment, by the threads' numbers. */
public record ThreadUse(Map<Long, OfThread> threads) {
  private static final double TICKS_PER_SECOND = 100;

  /** Of the fields behind the name. */
  private static final int KERNEL_TICKS = 12;

  /**
   * Of one thread, or of several of a kind.
   *
   * @param seconds CPU time
   * @param kernelSeconds of it in the kernel, which counts that in ticks of 10 ms
   */
  public record OfThread(ThreadKind kind, double seconds, double kernelSeconds) {
    OfThread since(OfThread earlier) {
      return new OfThread(kind, seconds - earlier.seconds, kernelSeconds - earlier.kernelSeconds);
    }

    OfThread plus(OfThread other) {
      return new OfThread(kind, seconds + other.seconds, kernelSeconds + other.kernelSeconds);
    }
  }

  /**
   * Of some processes.
   *
   * @throws HostException if the kernel does not tell, or one has ended
   */
  public static ThreadUse of(List<Long> pids) {
    Map<Long, OfThread> all = new HashMap<>();
    pids.forEach(pid -> all.putAll(of(Path.of("/proc"), pid).threads));
    return new ThreadUse(Map.copyOf(all));
  }

  static ThreadUse of(Path proc, long pid) {
    Map<Long, OfThread> all = new HashMap<>();
    Path tasks = proc.resolve(pid + "/task");
    try (Stream<Path> threads = Files.list(tasks)) {
      for (Path thread : (Iterable<Path>) threads::iterator) {
        read(thread, all);
      }
    } catch (IOException e) {
      throw new HostException("CPU time", HostException.reason(e), "threads in " + tasks, e);
    }
    return new ThreadUse(Map.copyOf(all));
  }

  private static void read(Path thread, Map<Long, OfThread> all) throws IOException {
    try {
      double seconds =
          Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]) / 1e9;
      String stat = Files.readString(thread.resolve("stat"));
      // The name comes second, in brackets, and may have blanks and brackets itself.
      String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double kernel = Long.parseLong(fields[KERNEL_TICKS]);
      all.put(
          Long.valueOf(thread.getFileName().toString()),
          new OfThread(ThreadKind.of(name), seconds, kernel / TICKS_PER_SECOND));
    } catch (NoSuchFileException e) {
      if (Files.isDirectory(thread)) {
        throw e; // the kernel counts nothing; otherwise the thread has just ended
      }
    }
  }

  /** What the threads that are still there have used since an earlier moment, by their kinds. */
  public Map<ThreadKind, OfThread> since(ThreadUse earlier) {
    Map<ThreadKind, OfThread> kinds = new EnumMap<>(ThreadKind.class);
    threads.forEach(
        (id, now) -> {
          OfThread before = earlier.threads.get(id);
          OfThread use = before == null ? now : now.since(before);
          kinds.merge(now.kind(), use, OfThread::plus);
        });
    return kinds;
  }
}
