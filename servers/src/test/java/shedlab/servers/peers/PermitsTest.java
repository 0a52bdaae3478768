package shedlab.servers.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.ConcurrencyThrottleSupport;
import shedlab.admission.Admission;
import shedlab.admission.NanoClock;
import shedlab.admission.Outcome;
import shedlab.admission.Shed;
import shedlab.admission.Ticket;
import shedlab.strategy.Strategies;

/** Our counts of permits beside other people's, decision for decision. */
final class PermitsTest {
  private static final Strategies OURS = Strategies.builtIn();

  /** Somebody's count of permits. */
  private interface Counter {
    boolean acquire();

    void release();
  }

  static Stream<Arguments> counters() {
    return Stream.of(
        counter("java.util.concurrent.Semaphore", PermitsTest::semaphore),
        counter("Resilience4j Bulkhead", PermitsTest::resilience4j),
        counter("Failsafe Bulkhead", PermitsTest::failsafe),
        counter("Netflix SimpleLimiter", PermitsTest::netflix),
        counter("Spring ConcurrencyThrottleSupport", PermitsTest::spring));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("counters")
  void aFixedLimitIsTheirCounterStepForStep(String name, IntFunction<Counter> make) {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      int limit = 1 + random.nextInt(10);
      Counter theirs = make.apply(limit);
      Admission ours = OURS.parse("fixed:limit=" + limit).admission(NanoClock.SYSTEM);
      Deque<Visitor> inflight = new ArrayDeque<>();
      for (int step = 0; step < 200; step++) {
        if (inflight.isEmpty() || random.nextInt(5) < 3) {
          Visitor visitor = new Visitor();
          ours.enter(visitor);
          assertThat(visitor.admitted)
              .as("%s, seed %d, step %d", name, seed, step)
              .isEqualTo(theirs.acquire());
          if (visitor.admitted) {
            inflight.add(visitor);
          }
        } else {
          ours.leave(inflight.remove(), Outcome.SUCCESS);
          theirs.release();
        }
      }
    }
  }

  /** Whoever comes in the middle of a period finds what the last one left, or all permits anew. */
  @Test
  void aBucketIsResilience4jsRateLimiterForWhoComesOnceInAPeriod() throws Exception {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      int limit = 1 + random.nextInt(10);
      Rates rates = new Rates(limit);
      for (int period = 0; period < 50; period += random.nextInt(3)) {
        rates.goTo(period + 0.5);
        for (int i = random.nextInt(2 * limit); i > 0; i--) {
          assertThat(rates.ours()).as("seed %d", seed).isEqualTo(rates.theirs());
        }
      }
    }
  }

  /** It renews all permits when a period begins, so that around that it admits twice its rate. */
  @Test
  void aBucketHasNoPeriodAtWhoseBeginningTwiceAsManyGetIn() throws Exception {
    Rates rates = new Rates(10);
    int ours = 0;
    int theirs = 0;
    for (double period : new double[] {0.95, 1.05}) {
      rates.goTo(period);
      for (int i = 0; i < 20; i++) {
        ours += rates.ours() ? 1 : 0;
        theirs += rates.theirs() ? 1 : 0;
      }
    }
    assertThat(theirs).isEqualTo(20);
    assertThat(ours).isEqualTo(11);
  }

  /** A bucket and a rate limiter of so many in a period, at a time that the test says. */
  private static final class Rates {
    private static final long PERIOD = Duration.ofHours(1).toNanos();

    private final AtomicRateLimiter theirs;
    private final Admission ours;
    private final Field began = AtomicRateLimiter.class.getDeclaredField("nanoTimeStart");
    private long now;

    Rates(int limit) throws ReflectiveOperationException {
      theirs =
          new AtomicRateLimiter(
              "theirs",
              RateLimiterConfig.custom()
                  .limitForPeriod(limit)
                  .limitRefreshPeriod(Duration.ofNanos(PERIOD))
                  .timeoutDuration(Duration.ZERO)
                  .build());
      double perSecond = limit / 3_600.0;
      ours = OURS.parse("bucket:rate=" + perSecond + "/s,burst=" + limit).admission(() -> now);
      began.setAccessible(true);
    }

    /** It reads the system's clock: its beginning is moved instead. */
    void goTo(double period) throws ReflectiveOperationException {
      now = (long) (period * PERIOD);
      began.setLong(theirs, System.nanoTime() - now);
    }

    boolean theirs() {
      return theirs.acquirePermission();
    }

    boolean ours() {
      Visitor visitor = new Visitor();
      ours.enter(visitor);
      return visitor.admitted;
    }
  }

  private static final class Visitor extends Ticket {
    private boolean admitted;

    @Override
    protected void onAdmitted() {
      admitted = true;
    }

    @Override
    protected void onShed(Shed reason) {}
  }

  private static Arguments counter(String name, IntFunction<Counter> make) {
    return Arguments.of(name, make);
  }

  private static Counter semaphore(int limit) {
    Semaphore semaphore = new Semaphore(limit);
    return new Counter() {
      @Override
      public boolean acquire() {
        return semaphore.tryAcquire();
      }

      @Override
      public void release() {
        semaphore.release();
      }
    };
  }

  private static Counter resilience4j(int limit) {
    Bulkhead bulkhead =
        Bulkhead.of(
            "theirs",
            BulkheadConfig.custom()
                .maxConcurrentCalls(limit)
                .maxWaitDuration(Duration.ZERO)
                .build());
    return new Counter() {
      @Override
      public boolean acquire() {
        return bulkhead.tryAcquirePermission();
      }

      @Override
      public void release() {
        bulkhead.onComplete();
      }
    };
  }

  private static Counter failsafe(int limit) {
    dev.failsafe.Bulkhead<Object> bulkhead = dev.failsafe.Bulkhead.of(limit);
    return new Counter() {
      @Override
      public boolean acquire() {
        return bulkhead.tryAcquirePermit();
      }

      @Override
      public void release() {
        bulkhead.releasePermit();
      }
    };
  }

  private static Counter netflix(int limit) {
    Limiter<Object> limiter = SimpleLimiter.newBuilder().limit(FixedLimit.of(limit)).build();
    List<Limiter.Listener> inflight = new ArrayList<>();
    return new Counter() {
      @Override
      public boolean acquire() {
        Optional<Limiter.Listener> permit = limiter.acquire("request");
        permit.ifPresent(inflight::add);
        return permit.isPresent();
      }

      @Override
      public void release() {
        inflight.remove(0).onSuccess();
      }
    };
  }

  private static Counter spring(int limit) {
    return new Throttle(limit);
  }

  /** As Spring's own for {@code @ConcurrencyLimit} with the policy to reject: it throws. */
  private static final class Throttle extends ConcurrencyThrottleSupport implements Counter {
    private static final long serialVersionUID = 1L;

    Throttle(int limit) {
      setConcurrencyLimit(limit);
    }

    @Override
    protected void onLimitReached() {
      onAccessRejected("full");
    }

    @Override
    public boolean acquire() {
      try {
        beforeAccess();
        return true;
      } catch (IllegalStateException refused) {
        return false;
      }
    }

    @Override
    public void release() {
      afterAccess();
    }
  }
}
