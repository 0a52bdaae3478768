package shedlab.servers.threads;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * CPU time of a process by what its threads are for, from the kernel's {@code schedstat} of each
 * thread. It tells the JVM's own threads too, which the JVM does not. A reading opens a file or two
 * for each thread. Not thread-safe.
 */
public final class CpuByRole {
  /**
   * What a thread is for. Each server names its threads differently; the kernel keeps 15 letters.
   */
  public enum Role {
    /** Does the tasks. */
    WORKER("shedlab-worker", "ForkJoinPool"),
    /** Accepts, reads, refuses and writes. */
    IO("undertow", "jetty", "multiThreadIo", "nioEventLoop", "shedlab-respond"),
    /** The JVM's compilers. */
    JIT("C1 Compiler", "C2 Compiler"),
    /** The garbage collector. The serial one collects in the JVM's own thread. */
    GC("GC Thread", "G1 ", "VM Thread", "ZGC", "ZWorker", "Shenandoah"),
    /** All others. */
    REST;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<String> names;

    Role(String... names) {
      this.names = List.of(names);
    }

    private static Role of(String name) {
      for (Role role : values()) {
        if (role.names.stream().anyMatch(name::startsWith)) {
          return role;
        }
      }
      return REST;
    }
  }

  /** A thread, and its CPU time when it was last read. */
  private record Known(Role role, long nanos) {}

  private final Path threads;
  private Map<String, Known> known = Map.of();
  private Map<Role, Long> totals = new EnumMap<>(Role.class);

  private CpuByRole(Path threads) {
    this.threads = threads;
    for (Role role : Role.values()) {
      totals.put(role, 0L);
    }
  }

  /** Of this process. */
  public static CpuByRole ofThisProcess() {
    return of(Path.of("/proc/self/task"));
  }

  /** Of the process that has its threads there. */
  static CpuByRole of(Path threads) {
    return new CpuByRole(threads);
  }

  /**
   * Nanoseconds of each role since its threads began; they never go back. Of a thread that has
   * ended, what it used after the reading before is not known. Null if the kernel does not tell.
   */
  public @Nullable Map<Role, Long> read() {
    Map<String, Known> now = new HashMap<>();
    Map<Role, Long> sums = new EnumMap<>(totals);
    try (Stream<Path> all = Files.list(threads)) {
      for (Path thread : (Iterable<Path>) all::iterator) {
        read(thread, now, sums);
      }
    } catch (IOException | NumberFormatException e) {
      return null;
    }
    known = now;
    totals = sums;
    return Map.copyOf(sums);
  }

  private void read(Path thread, Map<String, Known> now, Map<Role, Long> sums) throws IOException {
    String id = thread.getFileName().toString();
    Known before = known.get(id);
    try {
      String[] counted = Files.readString(thread.resolve("schedstat")).split(" ", 2);
      long nanos = Long.parseLong(counted[0]);
      if (before == null || nanos < before.nanos) { // the kernel gives numbers to others again
        before = new Known(Role.REST, 0);
      }
      // A thread is named after it has begun: until then it is one of the rest.
      Role role =
          before.role == Role.REST
              ? Role.of(Files.readString(thread.resolve("comm")))
              : before.role;
      sums.merge(role, nanos - before.nanos, Long::sum);
      now.put(id, new Known(role, nanos));
    } catch (IOException e) {
      if (Files.isDirectory(thread)) {
        throw e; // the kernel counts nothing; otherwise the thread has just ended
      }
    }
  }
}
