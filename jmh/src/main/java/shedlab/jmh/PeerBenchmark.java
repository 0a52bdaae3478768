package shedlab.jmh;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
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

/**
 * The cost of the same decisions as in {@link DecisionBenchmark} in other libraries: with room for
 * all, and with no permit left. The limits are the same: 20, and the library's own defaults, which
 * ours have, too.
 *
 * <p>They do not all do the same. Netflix reads the clock twice and learns, as ours do. The
 * bulkheads and the semaphore read no clock: they know neither how long a request took nor how long
 * it waited. So there is a semaphore with the duties of our gate beside the bare one. Resilience4j
 * checks whether its events have a listener; here they have none.
 *
 * <p>{@link System#nanoTime()} is for comparison: measuring time always costs at least this.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 130, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 70, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PeerBenchmark {
  private static final int LIMIT = 20;

  /** Netflix' limiter with room for all. */
  @State(Scope.Benchmark)
  public static class Netflix {
    /** Its limit. */
    @Param({"fixed", "aimd", "vegas", "gradient2"})
    public String limit = "";

    final Object context = new Object();
    Limiter<Object> limiter = limiter(FixedLimit.of(LIMIT));

    /** A fresh limiter. */
    @Setup
    public void open() {
      limiter =
          limiter(
              switch (limit) {
                case "aimd" -> AIMDLimit.newBuilder().build();
                case "vegas" -> VegasLimit.newDefault();
                case "gradient2" -> Gradient2Limit.newDefault();
                default -> FixedLimit.of(LIMIT);
              });
    }
  }

  /** The same without a permit left; a refusal does not depend on how the limit learns. */
  @State(Scope.Benchmark)
  public static class ClosedNetflix {
    final Object context = new Object();
    final Limiter<Object> limiter = limiter(FixedLimit.of(LIMIT));

    /** Takes every permit. */
    @Setup
    public void fill() {
      while (limiter.acquire(context).isPresent()) {
        // and keep it
      }
    }
  }

  /** Bare counters, with room for all. */
  @State(Scope.Benchmark)
  public static class Open {
    final Semaphore semaphore = new Semaphore(LIMIT);
    final Bulkhead resilience4j = resilience4j(LIMIT);
    final dev.failsafe.Bulkhead<Object> failsafe = dev.failsafe.Bulkhead.of(LIMIT);
  }

  /** The same without a permit left. */
  @State(Scope.Benchmark)
  public static class Closed {
    final Semaphore semaphore = new Semaphore(0);
    final Bulkhead resilience4j = resilience4j(1);
    final dev.failsafe.Bulkhead<Object> failsafe = dev.failsafe.Bulkhead.of(1);

    /** Takes every permit. */
    @Setup
    public void fill() {
      resilience4j.tryAcquirePermission();
      failsafe.tryAcquirePermit();
    }
  }

  /**
   * A semaphore with the duties of our gate: it measures how long a request takes, counts what it
   * admits and what it refuses, and takes a permit back only once.
   */
  @State(Scope.Benchmark)
  public static class Dutiful {
    final Semaphore open = new Semaphore(LIMIT);
    final Semaphore closed = new Semaphore(0);
    final LongAdder admitted = new LongAdder();
    final LongAdder refused = new LongAdder();
  }

  /** A thread's own permit. */
  @State(Scope.Thread)
  public static class Permit {
    final AtomicBoolean held = new AtomicBoolean();
    long elapsedNanos;
  }

  /** One reading of the clock. */
  @Benchmark
  public long nanoTime() {
    return System.nanoTime();
  }

  /** A counter: no clock reading, no statistics, no reason. */
  @Benchmark
  public boolean semaphore(Open open) {
    boolean admitted = open.semaphore.tryAcquire();
    open.semaphore.release();
    return admitted;
  }

  /** The same once more: the difference from itself is the error of the method. */
  @Benchmark
  public boolean semaphoreAgain(Open open) {
    boolean admitted = open.semaphore.tryAcquire();
    open.semaphore.release();
    return admitted;
  }

  /** Two clock readings, one count, released once. */
  @Benchmark
  public boolean semaphoreWithDuties(Dutiful gate, Permit permit) {
    boolean admitted = gate.open.tryAcquire();
    if (admitted) {
      long began = System.nanoTime();
      gate.admitted.increment();
      permit.held.setRelease(true);
      if (permit.held.compareAndSet(true, false)) {
        permit.elapsedNanos = System.nanoTime() - began;
        gate.open.release();
      }
    }
    return admitted;
  }

  /** The same without the clock. */
  @Benchmark
  public boolean semaphoreWithDutiesUntimed(Dutiful gate, Permit permit) {
    boolean admitted = gate.open.tryAcquire();
    if (admitted) {
      gate.admitted.increment();
      permit.held.setRelease(true);
      if (permit.held.compareAndSet(true, false)) {
        gate.open.release();
      }
    }
    return admitted;
  }

  /** A semaphore that is released once, and counts nothing. */
  @Benchmark
  public boolean semaphoreReleasedOnce(Dutiful gate, Permit permit) {
    boolean admitted = gate.open.tryAcquire();
    if (admitted) {
      permit.held.setRelease(true);
      if (permit.held.compareAndSet(true, false)) {
        gate.open.release();
      }
    }
    return admitted;
  }

  /** Two clock readings, and a sample for the limit. */
  @Benchmark
  public boolean netflix(Netflix open) {
    Optional<Limiter.Listener> permit = open.limiter.acquire(open.context);
    if (permit.isPresent()) {
      permit.get().onSuccess();
      return true;
    }
    return false;
  }

  /** A semaphore, and two events without a listener. */
  @Benchmark
  public boolean resilience4j(Open open) {
    boolean admitted = open.resilience4j.tryAcquirePermission();
    open.resilience4j.releasePermission();
    return admitted;
  }

  /** A counter under a lock. */
  @Benchmark
  public boolean failsafe(Open open) {
    boolean admitted = open.failsafe.tryAcquirePermit();
    open.failsafe.releasePermit();
    return admitted;
  }

  /** One read. */
  @Benchmark
  public boolean semaphoreRefusal(Closed closed) {
    return closed.semaphore.tryAcquire();
  }

  /** One read, and one count. */
  @Benchmark
  public boolean semaphoreRefusalCounted(Dutiful gate) {
    boolean admitted = gate.closed.tryAcquire();
    if (!admitted) {
      gate.refused.increment();
    }
    return admitted;
  }

  /** No permit left. */
  @Benchmark
  public boolean netflixRefusal(ClosedNetflix closed) {
    return closed.limiter.acquire(closed.context).isPresent();
  }

  /** No permit left. */
  @Benchmark
  public boolean resilience4jRefusal(Closed closed) {
    return closed.resilience4j.tryAcquirePermission();
  }

  /** No permit left. */
  @Benchmark
  public boolean failsafeRefusal(Closed closed) {
    return closed.failsafe.tryAcquirePermit();
  }

  private static Limiter<Object> limiter(Limit limit) {
    return SimpleLimiter.newBuilder().limit(limit).build();
  }

  private static Bulkhead resilience4j(int limit) {
    return Bulkhead.of(
        "peer",
        BulkheadConfig.custom().maxConcurrentCalls(limit).maxWaitDuration(Duration.ZERO).build());
  }
}
