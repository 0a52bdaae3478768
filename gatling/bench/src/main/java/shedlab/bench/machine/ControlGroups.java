package shedlab.bench.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The control groups that can keep processes off the CPU: a process's own group and all above it,
 * of cgroup v2 and of v1's controller {@code cpu}. A quota of any of them holds for the process. In
 * a container only the groups that the container sees are known.
 */
public final class ControlGroups {
  private static final String MOUNT = "sys/fs/cgroup";

  private final Machine machine;

  /** Files of {@code sys}, from the process's own group to the root. */
  private final Set<String> folders;

  private ControlGroups(Machine machine, Collection<String> folders) {
    this.machine = machine;
    this.folders = new LinkedHashSet<>(folders);
  }

  /**
   * Those of a process.
   *
   * @param process its number, or {@code self}
   */
  public static ControlGroups of(Machine machine, String process) {
    List<String> folders = new ArrayList<>();
    String memberships = machine.text("proc/" + process + "/cgroup").orElse("0::/");
    for (String line : memberships.lines().toList()) { // hierarchy:controllers:path
      String[] parts = line.split(":", 3);
      if (parts.length == 3) {
        mountsOf(machine, parts[0].equals("0"), parts[1])
            .forEach(mount -> folders.addAll(mount.upFrom(parts[2])));
      }
    }
    return new ControlGroups(machine, folders);
  }

  /** Where a hierarchy is mounted, and which of its groups is seen there as the root. */
  private record Mount(String folder, String root) {
    /** The folder of a group and those above it. */
    List<String> upFrom(String group) {
      boolean below = group.equals(root) || group.startsWith(root.equals("/") ? "/" : root + "/");
      String seen = below && !root.equals("/") ? group.substring(root.length()) : group;
      List<String> folders = new ArrayList<>();
      // Outside of what is mounted, a path begins with "..": then the root is all that is seen.
      Path path = Path.of("/" + (seen.contains("..") ? "" : seen)).normalize();
      for (Path up = path; up != null; up = up.getParent()) {
        folders.add(up.getNameCount() == 0 ? folder : folder + up);
      }
      return folders;
    }
  }

  private static List<Mount> mountsOf(Machine machine, boolean unified, String controllers) {
    if (!unified && !List.of(controllers.split(",", -1)).contains("cpu")) {
      return List.of();
    }
    List<Mount> mounts =
        machine.text("proc/self/mountinfo").stream()
            .flatMap(String::lines)
            .map(line -> mount(line, unified))
            .flatMap(Optional::stream)
            .toList();
    if (!mounts.isEmpty()) {
      return mounts;
    }
    return unified
        ? List.of(new Mount(MOUNT, "/"), new Mount(MOUNT + "/cpu", "/"))
        : List.of(new Mount(MOUNT + "/" + controllers, "/"), new Mount(MOUNT + "/cpu", "/"));
  }

  /** {@code 32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu}. */
  private static Optional<Mount> mount(String line, boolean unified) {
    String[] halves = line.split(" - ", 2);
    String[] before = halves[0].split(" ", -1);
    String[] after = halves.length < 2 ? new String[0] : halves[1].split(" ", -1);
    if (before.length < 5 || after.length < 3) {
      return Optional.empty();
    }
    boolean cpu =
        unified
            ? after[0].equals("cgroup2")
            : after[0].equals("cgroup") && List.of(after[2].split(",", -1)).contains("cpu");
    return cpu ? Optional.of(new Mount(before[4].substring(1), before[3])) : Optional.empty();
  }

  /** Those above the process's own. */
  public ControlGroups above() {
    List<String> own = folders.stream().filter(folder -> !hasChild(folder)).toList();
    List<String> above = new ArrayList<>(folders);
    above.removeAll(own);
    return new ControlGroups(machine, above);
  }

  private boolean hasChild(String folder) {
    return folders.stream().anyMatch(other -> other.startsWith(folder + "/"));
  }

  /** These and others. */
  public ControlGroups and(ControlGroups others) {
    return new ControlGroups(
        machine, Stream.concat(folders.stream(), others.folders.stream()).toList());
  }

  /** The limits on CPU time, each with its file and its group; empty if there are none. */
  List<String> quotas() {
    return folders.stream().map(this::quota).filter(Objects::nonNull).distinct().toList();
  }

  private @Nullable String quota(String folder) {
    String v2 = machine.text(folder + "/cpu.max").orElse("max");
    if (!v2.startsWith("max")) {
      return v2 + " (cpu.max" + of(folder) + ")";
    }
    String v1 = machine.text(folder + "/cpu.cfs_quota_us").orElse("-1");
    return v1.startsWith("-") ? null : v1 + " us (cpu.cfs_quota_us" + of(folder) + ")";
  }

  private static String of(String folder) {
    return folder.matches(MOUNT + "(/cpu(,cpuacct)?)?") ? "" : " of /" + folder;
  }

  /** For how long quotas have kept processes of these groups off the CPU since they were made. */
  public double throttledSeconds() {
    double seconds = 0;
    for (String folder : folders) {
      String file = folder + "/cpu.stat";
      seconds += machine.line(file, "throttled_usec ").map(Double::valueOf).orElse(0.0) / 1e6;
      seconds += machine.line(file, "throttled_time ").map(Double::valueOf).orElse(0.0) / 1e9;
    }
    return seconds;
  }
}
