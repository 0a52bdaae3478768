package shedlab.bench.cleanrate.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import shedlab.bench.host.HostException;
import shedlab.bench.outside.ThreadTimes;

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
    ThreadTimes.of(proc, pid)
        .nanos()
        .forEach(
            (id, nanos) ->
                stat(proc.resolve(pid + "/task/" + id + "/stat"))
                    .ifPresent(stat -> all.put(id, use(stat, nanos / 1e9))));
    return new ThreadUse(Map.copyOf(all));
  }

  /** Empty if the thread has just ended. */
  private static Optional<String> stat(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new HostException("CPU time", HostException.reason(e), "a thread in " + file, e);
    }
  }

  private static OfThread use(String stat, double seconds) {
    // The name comes second, in brackets, and may have blanks and brackets itself.
    String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    double kernel = Long.parseLong(fields[KERNEL_TICKS]);
    return new OfThread(ThreadKind.of(name), seconds, kernel / TICKS_PER_SECOND);
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
