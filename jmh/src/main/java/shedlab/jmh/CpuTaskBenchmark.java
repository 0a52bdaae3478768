package shedlab.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import shedlab.task.CpuTask;

/**
 * What the work of one request costs, and that twice the units are twice the work.
 *
 * <p><b>Measured.</b> {@link CpuTask#run} for one to a thousand units on an otherwise idle thread.
 * If the time per unit is the same for all, the task is linear: the JIT has folded nothing, and a
 * service time can be set by a number of units. It allocates nothing: the bytes that {@code -prof
 * gc} shows for many units are JMH's own, a few kilobytes an iteration, shared by few operations.
 *
 * <p><b>Not measured.</b> A core that is shared: then the same work takes longer, which is the
 * reason for a fixed amount of work.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 130, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 70, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
@Threads(1)
@State(Scope.Benchmark)
public class CpuTaskBenchmark {
  /** How much work. */
  @Param({"1", "30", "1000"})
  public int units;

  /** Returns the checksum, so that the work is not dead code. */
  @Benchmark
  public long run() {
    return CpuTask.run(units);
  }
}
