package shedlab.bench.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What the kernel reports in {@code /proc} and {@code /sys}. A file that is missing, as in many
 * virtual machines and on other systems, is an empty answer and never an error.
 *
 * @param root above {@code proc} and {@code sys}: {@code /} but for tests
 */
public record Machine(Path root) {
  private static final int STEAL_FIELD = 7;
  private static final int FIELDS = 8;
  private static final int LONGEST = 1 << 20;

  /** The machine that this process runs on. */
  public static Machine ofThisProcess() {
    return new Machine(Path.of("/"));
  }

  /** CPU time of all CPUs since boot, in ticks. */
  public record Ticks(long stolen, long idle, long total) {
    /** Share of the time since {@code earlier} that a hypervisor gave to other virtual machines. */
    public double stolenSince(Ticks earlier) {
      return share(stolen - earlier.stolen, earlier);
    }

    /** Share of the time since {@code earlier} in which the CPUs were busy. */
    double busySince(Ticks earlier) {
      return total == earlier.total ? 0 : 1 - share(idle - earlier.idle, earlier);
    }

    private double share(long ticks, Ticks earlier) {
      return total == earlier.total ? 0 : (double) ticks / (total - earlier.total);
    }
  }

  /** A file's text without the space around it. */
  Optional<String> text(String file) {
    // In one read: a sysctl has nothing left for a second, and Files.readString takes several.
    try (InputStream in = Files.newInputStream(root.resolve(file))) {
      return Optional.of(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).trim());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The same, or {@code unknown}. */
  String textOrUnknown(String file) {
    return text(file).orElse("unknown");
  }

  /** The number that a file begins with. */
  OptionalDouble number(String file) {
    try {
      return OptionalDouble.of(Double.parseDouble(text(file).orElse("").split("\\s+", -1)[0]));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** What follows {@code label} on its line of a file such as {@code /proc/meminfo}. */
  Optional<String> line(String file, String label) {
    return text(file).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(label))
        .map(line -> line.substring(label.length()).trim())
        .findFirst();
  }

  /** The names in a folder, in order. */
  List<String> names(String folder) {
    try (Stream<Path> files = Files.list(root.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  boolean has(String file) {
    return Files.exists(root.resolve(file));
  }

  /** Of all CPUs; zeros where there is no {@code /proc/stat}. */
  public Ticks ticks() {
    return ticks("cpu ");
  }

  /** Of some CPUs alone, by their numbers. */
  public Ticks ticks(List<Integer> cpus) {
    Ticks sum = new Ticks(0, 0, 0);
    for (int cpu : cpus) {
      Ticks one = ticks("cpu" + cpu + " ");
      sum = new Ticks(sum.stolen + one.stolen, sum.idle + one.idle, sum.total + one.total);
    }
    return sum;
  }

  private Ticks ticks(String name) {
    long[] ticks =
        line("proc/stat", name)
            .map(line -> Arrays.stream(line.split("\\s+", -1)).limit(FIELDS))
            .orElseGet(Stream::empty)
            .mapToLong(Long::parseLong)
            .toArray();
    // user nice system idle iowait irq softirq steal
    return ticks.length < FIELDS
        ? new Ticks(0, 0, 0)
        : new Ticks(ticks[STEAL_FIELD], ticks[3] + ticks[4], Arrays.stream(ticks).sum());
  }

  /** {@code v2} if the unified hierarchy is mounted. */
  String cgroup() {
    return has("sys/fs/cgroup/cgroup.controllers") ? "v2" : "v1";
  }

  /** Frequency governors of all CPUs, each once. */
  List<String> governors() {
    return names("sys/devices/system/cpu").stream()
        .filter(name -> name.matches("cpu[0-9]+"))
        .flatMap(
            cpu -> text("sys/devices/system/cpu/" + cpu + "/cpufreq/scaling_governor").stream())
        .distinct()
        .toList();
  }

  /** The kernel's mitigations of this CPU's vulnerabilities, in one line. */
  String mitigations() {
    String folder = "sys/devices/system/cpu/vulnerabilities";
    List<String> found = new ArrayList<>();
    for (String name : names(folder)) {
      String state = textOrUnknown(folder + "/" + name);
      if (!state.equals("Not affected")) {
        found.add(name + ": " + state);
      }
    }
    return found.isEmpty() ? (has(folder) ? "not affected" : "unknown") : String.join("; ", found);
  }
}
