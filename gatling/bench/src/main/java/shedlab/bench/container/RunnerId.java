package shedlab.bench.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Which process a runner is, or was. A process id alone does not tell: each PID namespace (each
 * container) counts its own, and ids are used again.
 *
 * @param boot of the kernel
 * @param namespace the PID namespace, as the kernel names it
 * @param user its number: the processes of others may be hidden
 * @param pid within that namespace
 * @param startTicks when the process started, in ticks since boot
 */
public record RunnerId(String boot, String namespace, long user, long pid, long startTicks) {
  /** The label that tells it, of everything that a runner makes in an engine. */
  public static final String LABEL = "shedlab.runner-id";

  private static final Optional<RunnerId> SELF = ofThisProcess();

  /** Where there is no {@code /proc}: nobody can tell whether it lives, but it knows its own. */
  private static final String UNKNOWN = "unknown-" + UUID.randomUUID();

  /** Of {@code /proc/PID/stat}, after the name, which may hold blanks and brackets. */
  private static final int START_AFTER_NAME = 19;

  /**
   * What everything that this process makes in an engine is labelled with. The process id stands
   * there for people alone.
   */
  public static Map<String, String> labels() {
    return Map.of(
        LABEL,
        SELF.map(RunnerId::toString).orElse(UNKNOWN),
        "shedlab.pid",
        Long.toString(ProcessHandle.current().pid()));
  }

  /** Whether something with these labels was made by a runner that is known to have ended. */
  public static boolean isOrphan(Map<String, String> labels) {
    Optional<RunnerId> runner = parse(Objects.requireNonNullElse(labels.get(LABEL), "unknown"));
    return SELF.isPresent()
        && runner.isPresent()
        && SELF.get().knowsDead(runner.get(), Path.of("/proc"));
  }

  /** This process; empty where there is no {@code /proc}. */
  static Optional<RunnerId> ofThisProcess() {
    try {
      Path proc = Path.of("/proc");
      long pid = ProcessHandle.current().pid();
      return Optional.of(
          new RunnerId(
              Files.readString(proc.resolve("sys/kernel/random/boot_id")).trim(),
              Files.readSymbolicLink(proc.resolve("self/ns/pid")).toString(),
              (Integer) Files.getAttribute(proc.resolve("self"), "unix:uid"),
              pid,
              startTicks(proc, pid).orElseThrow()));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** From what {@link #toString} wrote; empty for anything else. */
  static Optional<RunnerId> parse(String text) {
    String[] parts = text.split("/", -1);
    try {
      return parts.length == 5
          ? Optional.of(
              new RunnerId(
                  parts[0],
                  parts[1],
                  Long.parseLong(parts[2]),
                  Long.parseLong(parts[3]),
                  Long.parseLong(parts[4])))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether another runner is known to have ended: it was this user's, in this namespace, and is
   * there no more. Of a runner elsewhere nothing is known.
   *
   * @param proc what {@code /proc} is in this namespace
   */
  boolean knowsDead(RunnerId other, Path proc) {
    boolean visible =
        other.boot.equals(boot) && other.namespace.equals(namespace) && other.user == user;
    try {
      return visible && !startTicks(proc, other.pid).equals(OptionalLong.of(other.startTicks));
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** Empty if there is no such process. */
  private static OptionalLong startTicks(Path proc, long pid) throws IOException {
    try {
      String stat = Files.readString(proc.resolve(pid + "/stat"));
      String[] afterName = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", -1);
      return OptionalLong.of(Long.parseLong(afterName[START_AFTER_NAME]));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public String toString() {
    return boot + "/" + namespace + "/" + user + "/" + pid + "/" + startTicks;
  }
}
