package shedlab.servers.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often and for how long this process's control group was kept off the CPU because its quota
 * was used up: {@code cpu.stat} of cgroup v2, or of v1's controller {@code cpu}.
 */
final class Throttling {
  /**
   * Totals since the group was made.
   *
   * @param periods in which it was throttled
   * @param micros for which it was, summed over CPUs
   */
  record Reading(long periods, long micros) {}

  private final @Nullable Path file;

  private Throttling(@Nullable Path file) {
    this.file = file;
  }

  static Throttling ofThisProcess() {
    return of(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
  }

  /** For the groups that {@code membership} names, below the mount point {@code root}. */
  static Throttling of(Path membership, Path root) {
    try {
      for (Path candidate : candidates(Files.readAllLines(membership), root)) {
        Throttling found = new Throttling(candidate);
        if (found.read() != null) {
          return found;
        }
      }
    } catch (IOException e) {
      // not Linux
    }
    return new Throttling(null);
  }

  /** A container may see its own group as the root, and still be told its path from outside. */
  private static List<Path> candidates(List<String> memberships, Path root) {
    List<Path> found = new ArrayList<>();
    for (String line : memberships) { // hierarchy:controllers:path
      String[] parts = line.split(":", 3);
      boolean second = parts.length == 3 && parts[0].equals("0") && parts[1].isEmpty();
      if (second || (parts.length == 3 && List.of(parts[1].split(",", -1)).contains("cpu"))) {
        Path mount = second ? root : root.resolve(parts[1]);
        found.add(mount.resolve(parts[2].substring(1)).resolve("cpu.stat"));
        found.add(mount.resolve("cpu.stat"));
      }
    }
    return found;
  }

  /** Null if this process cannot read the throttling of its group. */
  @Nullable Reading read() {
    if (file == null) {
      return null;
    }
    long periods = -1;
    long micros = -1;
    try {
      for (String line : Files.readAllLines(file)) {
        int space = line.indexOf(' ');
        String value = line.substring(space + 1);
        switch (line.substring(0, Math.max(0, space))) {
          case "nr_throttled" -> periods = Long.parseLong(value);
          case "throttled_usec" -> micros = Long.parseLong(value);
          case "throttled_time" -> micros = Long.parseLong(value) / 1_000;
          default -> {}
        }
      }
    } catch (IOException | NumberFormatException e) {
      return null;
    }
    return periods < 0 || micros < 0 ? null : new Reading(periods, micros);
  }
}
