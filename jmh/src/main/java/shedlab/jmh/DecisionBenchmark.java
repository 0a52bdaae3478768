package shedlab.jmh;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import shedlab.admission.Gate;
import shedlab.admission.NanoClock;
import shedlab.admission.Outcome;
import shedlab.admission.Shed;
import shedlab.admission.Ticket;
import shedlab.strategy.Strategies;

/**
 * What one admission decision costs, beside what others ask for the same.
 *
 * <p><b>Measured.</b> {@code admitAndLeave}: a request arrives, is admitted at once, and its permit
 * is returned; there is room for all. {@code refusal}: a request arrives while every permit (and
 * every place to wait) is taken. Both as a server would call them, clock readings and counters
 * included. Each is measured with one thread, and with two that share one gate.
 *
 * <p><b>Beside it</b>, in the same run, as only figures of one run can be compared: {@code
 * java.util.concurrent.Semaphore} (a bare counter: no clock, no statistics, no reason, no queue),
 * Netflix concurrency-limits' {@code SimpleLimiter} with {@code FixedLimit} and {@code AIMDLimit},
 * and {@link System#nanoTime()}, the yardstick: what one cannot do without when measuring time.
 *
 * <p><b>Not measured.</b> The work, the hand-off to a worker, the response: no server is here. Nor
 * how long a waiter waits, nor whether the decision was a good one. The callbacks are empty.
 *
 * <p>Tickets are allocated once and reused, as a server's own request object would carry them, so
 * what {@code -prof gc} shows is what the decision allocates.
 *
 * <p>How to run: {@code java -jar jmh.jar Decision}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 25, time = 40, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class DecisionBenchmark {

  /** One gate with room for all, shared by all threads. */
  @State(Scope.Benchmark)
  public static class OpenGate {
    /** The strategy. */
    @Param({
      "none",
      "fixed:limit=20",
      "aimd",
      "aimd:pace=round-trip",
      "fixed:limit=20+fifo:capacity=16"
    })
    public String strategy = "";

    Gate gate = gate("none");

    /** A fresh gate. */
    @Setup
    public void open() {
      gate = gate(strategy);
    }
  }

  /** One gate that has no permit and no place to wait left. */
  @State(Scope.Benchmark)
  public static class ClosedGate {
    /** The strategy. */
    @Param({
      "fixed:limit=20",
      "aimd",
      "aimd:pace=round-trip",
      "fixed:limit=20+fifo:capacity=16,timeout=1000min"
    })
    public String strategy = "";

    Gate gate = gate("none");

    /** A fresh gate, filled up. */
    @Setup
    public void fill() {
      gate = gate(strategy);
      while (gate.stats().shedTotal() == 0) {
        gate.enter(new Request());
      }
    }
  }

  /** A thread's own requests, reused in turn. */
  @State(Scope.Thread)
  public static class Requests {
    private final Request[] requests = new Request[8];
    private int turn;

    /** Fresh requests: a ticket belongs to one gate. */
    @Setup
    public void allocate() {
      for (int i = 0; i < requests.length; i++) {
        requests[i] = new Request();
      }
    }

    /**
     * One that may enter. A limit that learns may work a leave off on another thread a moment after
     * the call has returned; with eight in turn, waiting for that is rare, and part of the cost.
     */
    @SuppressWarnings("ThreadPriorityCheck") // the other thread may need this core to get there
    Request next() {
      Request request = requests[turn++ & 7];
      while (!request.settled()) {
        Thread.yield();
      }
      return request;
    }
  }

  static final class Request extends Ticket {
    private boolean admitted;

    @Override
    protected void onAdmitted() {
      admitted = true;
    }

    @Override
    protected void onShed(Shed reason) {
      admitted = false;
    }
  }

  /** Other people's limiters with room for all, and the same with no permit left. */
  @State(Scope.Benchmark)
  public static class Others {
    final Semaphore semaphore = new Semaphore(20);
    final Limiter<Object> fixed = SimpleLimiter.newBuilder().limit(FixedLimit.of(20)).build();
    final Limiter<Object> aimd = SimpleLimiter.newBuilder().limit(libraryAimd()).build();
    final Semaphore closedSemaphore = new Semaphore(0);
    final Limiter<Object> closedFixed = SimpleLimiter.newBuilder().limit(FixedLimit.of(20)).build();
    final Limiter<Object> closedAimd = SimpleLimiter.newBuilder().limit(libraryAimd()).build();
    final Object context = new Object();

    /** Takes every permit of the closed ones. */
    @Setup
    public void fill() {
      while (closedFixed.acquire(context).isPresent()) {
        // and keep it
      }
      while (closedAimd.acquire(context).isPresent()) {
        // and keep it
      }
    }

    private static AIMDLimit libraryAimd() { // the settings of our plain "aimd"
      return AIMDLimit.newBuilder().initialLimit(20).minLimit(20).maxLimit(200).build();
    }
  }

  /** One reading of the clock: the yardstick. */
  @Benchmark
  public long nanoTime() {
    return System.nanoTime();
  }

  /** Ours: admitted at once, then leaves. Two clock readings: admitted when, completed when. */
  @Benchmark
  public boolean admitAndLeave(OpenGate open, Requests requests) {
    Request request = requests.next();
    open.gate.enter(request);
    open.gate.leave(request, Outcome.SUCCESS);
    return request.admitted;
  }

  /** A semaphore: no clock reading, no count. */
  @Benchmark
  public boolean admitAndLeaveSemaphore(Others others) {
    boolean admitted = others.semaphore.tryAcquire();
    others.semaphore.release();
    return admitted;
  }

  /** Netflix, fixed limit. Two clock readings as well. */
  @Benchmark
  public boolean admitAndLeaveNetflixFixed(Others others) {
    return admitAndLeave(others.fixed, others.context);
  }

  /** Netflix, AIMD with the settings of our {@code aimd}. Two clock readings as well. */
  @Benchmark
  public boolean admitAndLeaveNetflixAimd(Others others) {
    return admitAndLeave(others.aimd, others.context);
  }

  private static boolean admitAndLeave(Limiter<Object> limiter, Object context) {
    Optional<Limiter.Listener> permit = limiter.acquire(context);
    if (permit.isPresent()) {
      permit.get().onSuccess();
      return true;
    }
    return false;
  }

  /** Ours: refused with a reason, and counted by reason. */
  @Benchmark
  public boolean refusal(ClosedGate closed, Requests requests) {
    Request request = requests.next();
    closed.gate.enter(request);
    return request.admitted;
  }

  /** A semaphore without permits: one read. */
  @Benchmark
  public boolean refusalSemaphore(Others others) {
    return others.closedSemaphore.tryAcquire();
  }

  /** Netflix, fixed limit, every permit taken. */
  @Benchmark
  public boolean refusalNetflixFixed(Others others) {
    return others.closedFixed.acquire(others.context).isPresent();
  }

  /** Netflix, AIMD, every permit taken. */
  @Benchmark
  public boolean refusalNetflixAimd(Others others) {
    return others.closedAimd.acquire(others.context).isPresent();
  }

  private static Gate gate(String strategy) {
    return (Gate) Strategies.builtIn().parse(strategy).admission(NanoClock.SYSTEM);
  }
}
