package shedlab.jmh;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import shedlab.admission.NanoClock;
import shedlab.host.ProcessView;
import shedlab.host.WakeUpProbe;

/**
 * What it costs a host to tell its policies something.
 *
 * <p><b>Measured.</b> {@code threadCpu}: one reading of a thread's CPU clock; a request takes two,
 * where its work begins and where it ends. {@code processCpu}: what the process used and could not
 * have, from the files of the system, by a new view; that opens some more files than a later
 * reading. The system is asked once in 10 ms at most, else the last reading is told again, which is
 * what {@code processCpuAgain} measures. {@code wakeUp}: one reading of how late a thread woke,
 * while that thread runs.
 *
 * <p><b>Not measured.</b> The thread that only sleeps: a thousand wake-ups a second. And the count
 * of requests under work: two atomic additions a request.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 130, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 70, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
@Threads(1)
@State(Scope.Benchmark)
public class SignalBenchmark {
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final ProcessView host =
      new ProcessView(
          new WakeUpProbe(NanoClock.SYSTEM, LockSupport::parkNanos, SignalBenchmark::start));

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "wake-ups");
    thread.setDaemon(true);
    thread.start();
  }

  /** The CPU time of the calling thread. */
  @Benchmark
  public long threadCpu() {
    return threads.getCurrentThreadCpuTime();
  }

  /** A view of its own each time: its first reading always goes to the system. */
  @Benchmark
  public long processCpu() {
    return new ProcessView().cpuNanos();
  }

  /** A reading that is less than 10 ms after the last one. */
  @Benchmark
  public long processCpuAgain() {
    return host.deniedNanos();
  }

  /** How late the last wake-up was. */
  @Benchmark
  public long wakeUp() {
    return host.lateNanos(host.wakeUps() - 1);
  }
}
