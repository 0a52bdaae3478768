package shedlab.jmh;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import shedlab.admission.Gate;
import shedlab.admission.GateView;
import shedlab.admission.NanoClock;
import shedlab.admission.Outcome;
import shedlab.admission.Policer;
import shedlab.admission.Signal;
import shedlab.admission.Ticket;
import shedlab.backlog.NoBacklog;
import shedlab.host.ProcessView;
import shedlab.host.WakeUpLog;
import shedlab.host.WakeUps;
import shedlab.limit.NoLimit;

/**
 * What each signal of a host costs that a policy may ask for: see {@link Signal}.
 *
 * <p><b>Measured.</b> Of each request: two readings of the thread's CPU clock, as the servers take
 * them around a task, and telling the gate when the work starts, with and without a policer that
 * needs the number of runnable requests. Of each period of a policy: one reading of the CPU time of
 * this process and of what was denied to it. Of each second: the CPU time of the thread that
 * measures how late it wakes.
 *
 * <p><b>Not measured.</b> What policies do with a signal, and several threads: behind a policer one
 * of them decides for the others, as in {@code DecisionBenchmark} behind a limit that learns. A
 * reading of the process comes at most every ten milliseconds, as in a server, so its code is not
 * yet compiled as well as it would be after hours: the figure is an upper one.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 130, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 70, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
@Threads(1)
public class SignalBenchmark {
  /** What the gate is told of the start of the work, and counts. */
  public enum Told {
    /** Nothing. */
    NOTHING,
    /** When it starts; no policer needs the number of those that have. */
    START,
    /** The same, and a policer needs that number. */
    COUNTED
  }

  /** The CPU clock of the calling thread. */
  @State(Scope.Benchmark)
  public static class ThreadClock {
    final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  }

  /** This process, of which the last reading is more than ten milliseconds old. */
  @State(Scope.Thread)
  public static class ThisProcess {
    private static final long AGE_NANOS = 11_000_000;

    final ProcessView view = new ProcessView();

    /** Lets the last reading grow old: a younger one would be repeated. */
    @Setup(Level.Invocation)
    public void age() {
      long end = System.nanoTime() + AGE_NANOS;
      for (long left = AGE_NANOS; left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
  }

  /** A gate with room for all and a policer that refuses nobody. */
  @State(Scope.Benchmark)
  public static class PolicedGate {
    /** What it is told. */
    @Param({"NOTHING", "START", "COUNTED"})
    public Told told = Told.NOTHING;

    Gate gate = gate(told);

    /** A fresh gate. */
    @Setup
    public void open() {
      gate = gate(told);
    }

    private static Gate gate(Told told) {
      Set<Signal> needs = EnumSet.noneOf(Signal.class);
      if (told == Told.COUNTED) {
        needs.add(Signal.RUNNABLE);
      }
      Policer everybody =
          new Policer() {
            @Override
            public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
              return true;
            }

            @Override
            public Set<Signal> needs() {
              return needs;
            }

            @Override
            public boolean learns() {
              return false;
            }
          };
      return new Gate(
          List.of(everybody),
          new NoLimit(),
          new NoBacklog(),
          NanoClock.SYSTEM,
          new ProcessView(Signal.RUNNABLE));
    }
  }

  /** The thread that measures how late it wakes, and its share of a CPU. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Probe {
    final WakeUps wakeUps = new WakeUps(NanoClock.SYSTEM, LockSupport::parkNanos);
    final LongConsumer told = new WakeUpLog()::add;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long beganNanos;
    private long hadNanos;

    /** Reads both clocks. */
    @Setup(Level.Iteration)
    public void begin() {
      beganNanos = System.nanoTime();
      hadNanos = threads.getCurrentThreadCpuTime();
    }

    /** CPU time over time, of this iteration so far. */
    public double cpuShare() {
      double had = threads.getCurrentThreadCpuTime() - hadNanos;
      return had / (System.nanoTime() - beganNanos);
    }
  }

  /** The CPU time of a request: the thread's clock before its work and after it. */
  @Benchmark
  public long requestCpu(ThreadClock clock) {
    long began = clock.threads.getCurrentThreadCpuTime();
    return clock.threads.getCurrentThreadCpuTime() - began;
  }

  /** The CPU time of the process and what was denied to it: one reading. */
  @Benchmark
  @Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
  public long processCpu(ThisProcess process) {
    return process.view.cpuNanos() + process.view.deniedNanos();
  }

  /** Admitted on arrival, then leaves; in between the gate is told that the work starts, or not. */
  @Benchmark
  public boolean start(PolicedGate policed, DecisionBenchmark.Requests requests) {
    DecisionBenchmark.Request request = requests.next();
    policed.gate.enter(request);
    if (policed.told != Told.NOTHING) {
      policed.gate.start(request);
    }
    policed.gate.leave(request, Outcome.SUCCESS);
    return request.settled();
  }

  /** One wake-up after a millisecond. What counts is {@link Probe#cpuShare}. */
  @Benchmark
  @Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
  public void wakeUp(Probe probe) {
    // Half a sleep ahead: it begins one sleep and no second.
    probe.wakeUps.until(System.nanoTime() + WakeUps.SLEEP_NANOS / 2, probe.told);
  }
}
