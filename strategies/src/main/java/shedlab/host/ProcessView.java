package shedlab.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shedlab.admission.HostView;
import shedlab.admission.NanoClock;
import shedlab.admission.Signal;

/**
 * This process as a host: its CPU time, what it could not have and, with a {@link WakeUpProbe}, how
 * late its threads wake.
 *
 * <p>On Linux, {@link #deniedNanos} counts what other processes took of the CPUs that this process
 * may run on, and what a quota of its control group or of one above held back. What others took
 * counts whatever their priority: a batch job that leaves no CPU idle looks like one that this
 * process cannot displace. Elsewhere nothing is denied, and {@link #cpus} is what the JVM says.
 *
 * <p>The kernel counts in steps of 10 ms. A reading takes some tenths of a millisecond and
 * allocates. Use one view per gate: two readings of one view at the same time wait for each other.
 */
public final class ProcessView implements HostView {
  private static final long TICK_NANOS = 10_000_000;

  /** Places in a line of {@code /proc/stat}, after the name of the CPU. */
  private static final int IDLE = 4;

  private static final int IO_WAIT = 5;

  /** Places in {@code /proc/self/stat}, after the name of the program. */
  private static final int USER = 12;

  private static final int SYSTEM = 13;

  private static final String ALLOWED = "Cpus_allowed_list:";

  private final Set<Signal> tells;
  private final @Nullable WakeUpProbe probe;
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
   * A view of this process that tells its CPU time.
   *
   * @param withRequests what the host tells with each request: {@link Signal#RUNNABLE} if it calls
   *     {@code start}, {@link Signal#REQUEST_CPU} if it calls {@code usedCpu}
   * @throws UnsupportedOperationException if the system does not tell the CPU time of a process
   */
  public ProcessView(Signal... withRequests) {
    this(null, withRequests);
  }

  /** The same; with a probe, it also tells how late a thread wakes. */
  public ProcessView(@Nullable WakeUpProbe probe, Signal... withRequests) {
    this(NanoClock.SYSTEM, Path.of("/proc"), Path.of("/sys/fs/cgroup"), probe, withRequests);
  }

  ProcessView(
      NanoClock clock,
      Path proc,
      Path cgroups,
      @Nullable WakeUpProbe probe,
      Signal... withRequests) {
    Set<Signal> told = EnumSet.of(Signal.CPU);
    told.addAll(List.of(withRequests));
    if (probe != null) {
      told.add(Signal.WAKE_UPS);
    }
    this.tells = Collections.unmodifiableSet(told);
    this.probe = probe;
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
  public Set<Signal> tells() {
    return tells;
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

  @Override
  public long wakeUps() {
    return log().count();
  }

  @Override
  public long lateNanos(long wakeUp) {
    return log().lateNanos(wakeUp);
  }

  private WakeUpLog log() {
    if (probe == null) {
      throw new UnsupportedOperationException(Signal.WAKE_UPS.toString());
    }
    return probe.log();
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
