package shedlab.bench.targets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A process and its descendants, seen from outside. */
final class ProcessTree {
  /** Of {@code /proc/PID/stat}, after the name: user and system time, own and of ended children. */
  private static final int FIRST_TIME_AFTER_NAME = 11;

  private static final int TIMES = 4;

  /** Linux counts in hundredths of a second, whatever its own tick is. */
  private static final long MICROS_PER_TICK = 10_000;

  private final ProcessHandle root;
  private final Path proc;
  private long micros;

  ProcessTree(ProcessHandle root) {
    this(root, Path.of("/proc"));
  }

  /** With another {@code /proc}. */
  ProcessTree(ProcessHandle root, Path proc) {
    this.root = root;
    this.proc = proc;
  }

  /** CPU time used so far, in microseconds; never less than it was before. */
  synchronized long cpuMicros() {
    long now =
        Stream.concat(Stream.of(root), root.descendants())
            .mapToLong(process -> ticks(process.pid()) * MICROS_PER_TICK)
            .sum();
    micros = Math.max(micros, now);
    return micros;
  }

  /** 0 for a process that has just ended. */
  private long ticks(long pid) {
    try {
      String stat = Files.readString(proc.resolve(pid + "/stat"));
      String[] afterName = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      long sum = 0;
      for (int i = 0; i < TIMES; i++) {
        sum += Long.parseLong(afterName[FIRST_TIME_AFTER_NAME + i]);
      }
      return sum;
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }
}
