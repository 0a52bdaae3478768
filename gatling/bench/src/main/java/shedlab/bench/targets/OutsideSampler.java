package shedlab.bench.targets;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the CPU time of a target ten times a second, as the sampler inside our servers does. */
final class OutsideSampler implements AutoCloseable {
  private static final long EVERY_MILLIS = 100;

  private final @Nullable ProcessTree process;
  private final StringBuilder rows;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "outside-sampler");
            thread.setDaemon(true);
            return thread;
          });

  /** Samples the CPU time of a process; only the time if there is none. */
  OutsideSampler(@Nullable ProcessTree process) {
    this.process = process;
    this.rows = new StringBuilder("epoch_micros" + (process == null ? "" : ",cpu_micros") + "\n");
    var unused = clock.scheduleAtFixedRate(this::sample, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void sample() {
    String cpu = process == null ? "" : "," + process.cpuMicros();
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    synchronized (rows) {
      rows.append(now).append(cpu).append('\n');
    }
  }

  /** The rows so far. */
  String csv() {
    synchronized (rows) {
      return rows.toString();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
