package shedlab.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The CPU quota of this process: the smallest of its control group's and of all groups above it,
 * version 1 or 2. It is read anew each time, because a quota may change while the process runs.
 */
final class CpuQuota {
  private final List<Path> groups;

  /** Both paths are Linux's, or a copy of them in a test. */
  CpuQuota(Path proc, Path cgroups) {
    this.groups = groups(proc.resolve("self/cgroup"), cgroups);
  }

  /** How many cores' worth of time it grants; infinite without a quota. */
  double cores() {
    double least = Double.POSITIVE_INFINITY;
    for (Path group : groups) {
      least = Math.min(least, cores(group));
    }
    return least;
  }

  private static double cores(Path group) {
    try {
      Path unified = group.resolve("cpu.max");
      if (Files.exists(unified)) {
        String[] both = Files.readString(unified).strip().split(" ", -1);
        return both[0].equals("max")
            ? Double.POSITIVE_INFINITY
            : Double.parseDouble(both[0]) / Double.parseDouble(both[1]);
      }
      double quota = Double.parseDouble(Files.readString(group.resolve("cpu.cfs_quota_us")));
      double period = Double.parseDouble(Files.readString(group.resolve("cpu.cfs_period_us")));
      return quota < 0 ? Double.POSITIVE_INFINITY : quota / period;
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return Double.POSITIVE_INFINITY; // the group has gone, or it has no quota
    }
  }

  /** Its own group and those above that have a quota or may get one. */
  private static List<Path> groups(Path membership, Path cgroups) {
    List<Path> found = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(membership)) {
        String[] parts = line.split(":", 3); // number, controllers, path
        if (parts.length == 3 && parts[1].isEmpty()) {
          add(found, cgroups, parts[2], "cpu.max");
        } else if (parts.length == 3 && List.of(parts[1].split(",", -1)).contains("cpu")) {
          add(found, cgroups.resolve("cpu"), parts[2], "cpu.cfs_quota_us");
        }
      }
    } catch (IOException e) {
      return List.of(); // not Linux
    }
    return found;
  }

  /** In a container the path may be the host's: what is left of it then is the root. */
  private static void add(List<Path> found, Path root, String path, String file) {
    Path own = root.resolve(path.substring(1)).normalize();
    for (Path group = own; group != null && group.startsWith(root); group = group.getParent()) {
      if (Files.exists(group.resolve(file))) {
        found.add(group);
      }
    }
  }
}
