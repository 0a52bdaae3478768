package shedlab.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.stream.Stream;
import shedlab.admission.CpuClock;
import shedlab.admission.NanoClock;

/**
 * The CPU time of this process, and what it could not have.
 *
 * <p>On Linux, {@link #deniedNanos} counts what other processes took of the CPUs that this process
 * may run on, and what a quota of its control group or of one above held back. What others took
 * counts whatever their priority: a batch job that leaves no CPU idle looks like one that this
 * process cannot displace. Elsewhere nothing is denied, and {@link #cpus} is what the JVM says.
 *
 * <p>The kernel counts in steps of 10 ms. A reading takes some tenths of a millisecond and
 * allocates. Use one clock per gate: two readings of one clock at the same time wait for each
 * other.
 */
public final class ProcessCpuClock implements CpuClock {
  private static final long TICK_NANOS = 10_000_000;

  /** Places in a line of {@code /proc/stat}, after the name of the CPU. */
  private static final int IDLE = 4;

  private static final int IO_WAIT = 5;

  /** Places in {@code /proc/self/stat}, after the name of the program. */
  private static final int USER = 12;

  private static final int SYSTEM = 13;

  private static final String ALLOWED = "Cpus_allowed_list:";

  private final NanoClock clock;
  private final Path proc;
  private final CpuQuota quota;
  private final BitSet allowed;
  private final int cpus;
  private final boolean tellsIdle;

  private long usedNanos;
  private long idleNanos;
  private long readNanos;

  /** What was denied, by counters of whole ticks: it may go back a little. */
  private double denied;

  private long deniedNanos;

  /**
   * A clock of this process.
   *
   * @throws UnsupportedOperationException if the system does not tell the CPU time of a process
   */
  public ProcessCpuClock() {
    this(NanoClock.SYSTEM, Path.of("/proc"), Path.of("/sys/fs/cgroup"));
  }

  ProcessCpuClock(NanoClock clock, Path proc, Path cgroups) {
    this.clock = clock;
    this.proc = proc;
    this.quota = new CpuQuota(proc, cgroups);
    this.allowed = allowed(proc.resolve("self/status"));
    this.usedNanos = used(-1);
    this.idleNanos = idle(0);
    this.tellsIdle = idleNanos > 0; // some sandboxes have the file, with zeros
    this.cpus = tellsIdle ? allowed.cardinality() : Runtime.getRuntime().availableProcessors();
    this.readNanos = clock.nanos();
    if (usedNanos < 0) {
      throw new UnsupportedOperationException(
          "CPU time of this process: unknown (expected: a system that tells it)");
    }
  }

  @Override
  public synchronized long cpuNanos() {
    read();
    return usedNanos;
  }

  @Override
  public synchronized long deniedNanos() {
    read();
    return deniedNanos;
  }

  @Override
  public int cpus() {
    return cpus;
  }

  private void read() {
    long now = clock.nanos();
    double elapsed = now - readNanos;
    if (elapsed < TICK_NANOS) {
      return;
    }
    long used = Math.max(usedNanos, used(usedNanos));
    long idle = Math.max(idleNanos, idle(idleNanos));
    double all = elapsed * cpus;
    double had = tellsIdle ? (double) (used - usedNanos) + (idle - idleNanos) : all;
    denied += all - Math.min(had, quota.cores() * elapsed);
    deniedNanos = Math.max(deniedNanos, (long) denied);
    usedNanos = used;
    idleNanos = idle;
    readNanos = now;
  }

  private long used(long ifUnknown) {
    try {
      String line = Files.readString(proc.resolve("self/stat"));
      String[] parts = line.substring(line.lastIndexOf(')')).split(" ", -1);
      return (Long.parseLong(parts[USER]) + Long.parseLong(parts[SYSTEM])) * TICK_NANOS;
    } catch (IOException e) {
      return ProcessHandle.current()
          .info()
          .totalCpuDuration()
          .map(Duration::toNanos)
          .orElse(ifUnknown);
    }
  }

  private long idle(long ifUnknown) {
    try (Stream<String> lines = Files.lines(proc.resolve("stat"))) {
      return TICK_NANOS
          * lines
              .takeWhile(line -> line.startsWith("cpu"))
              .filter(line -> Character.isDigit(line.charAt(3)))
              .map(line -> line.split(" ", -1))
              .filter(parts -> allowed.get(Integer.parseInt(parts[0].substring(3))))
              .mapToLong(parts -> Long.parseLong(parts[IDLE]) + Long.parseLong(parts[IO_WAIT]))
              .sum();
    } catch (IOException | UncheckedIOException e) {
      return ifUnknown;
    }
  }

  /** The CPUs of a line such as {@code Cpus_allowed_list: 0-3,8}; none if there is no such line. */
  private static BitSet allowed(Path status) {
    BitSet cpus = new BitSet();
    try (Stream<String> lines = Files.lines(status)) {
      lines
          .filter(line -> line.startsWith(ALLOWED))
          .flatMap(line -> Stream.of(line.substring(ALLOWED.length()).strip().split(",", -1)))
          .map(range -> range.split("-", 2))
          .forEach(
              ends ->
                  cpus.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1));
    } catch (IOException | UncheckedIOException e) {
      return cpus;
    }
    return cpus;
  }
}
