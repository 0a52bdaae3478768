package shedlab.servers.peers;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Limit;
import shedlab.admission.Limiter;
import shedlab.admission.LimiterGate;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.strategy.Whole;

/**
 * Resilience4j: its semaphore bulkhead (by default 25 calls, no wait) and its rate limiter. The
 * rate limiter's own timeout of 5 s would park the I/O thread, and parks it for the whole time even
 * when it is clear that no permit can come: here it is 0. Its default rate, 50 calls in 500 ns,
 * sheds nothing; for a deadline, set {@code limit} and {@code period} to nine tenths of the
 * capacity.
 */
final class Resilience4j {
  private static final Parameter<Integer> CALLS =
      Parameter.integer("limit", "most in flight", 1, Limit.MAX).defaultsTo(25);
  private static final Parameter<Integer> PERMITS =
      Parameter.integer("limit", "calls in a period", 1, 1_000_000_000).defaultsTo(50);
  private static final Parameter<Duration> PERIOD =
      Parameter.duration("period", "time after which the calls are renewed")
          .defaultsTo(Duration.ofNanos(500));

  /** {@code resilience4j-bulkhead:limit=25}. */
  static final Definition<Whole> BULKHEAD =
      new Definition<>(
          "resilience4j-bulkhead",
          "a semaphore: a constant limit",
          "Resilience4j Bulkhead, maxWaitDuration 0",
          spec -> (clock, cpu) -> new LimiterGate(bulkhead(spec.get(CALLS)), clock),
          CALLS);

  /** {@code resilience4j-ratelimiter:limit=50,period=500ns}. */
  static final Definition<Whole> RATE_LIMITER =
      new Definition<>(
          "resilience4j-ratelimiter",
          "a constant number of calls in each period, whatever is in flight",
          "Resilience4j RateLimiter, timeoutDuration 0",
          spec ->
              (clock, cpu) ->
                  new LimiterGate(rateLimiter(spec.get(PERMITS), spec.get(PERIOD)), clock),
          PERMITS,
          PERIOD);

  private Resilience4j() {}

  private static Limiter bulkhead(int calls) {
    BulkheadConfig config =
        BulkheadConfig.custom().maxConcurrentCalls(calls).maxWaitDuration(Duration.ZERO).build();
    Bulkhead bulkhead = Bulkhead.of("shedlab", config);
    Limiter.Permit permit = outcome -> bulkhead.onComplete();
    return new Limiter() {
      @Override
      public @Nullable Permit acquire(Ticket ticket) {
        return bulkhead.tryAcquirePermission() ? permit : null;
      }

      @Override
      public int limit() {
        return calls;
      }
    };
  }

  private static Limiter rateLimiter(int permits, Duration period) {
    RateLimiterConfig config =
        RateLimiterConfig.custom()
            .limitForPeriod(permits)
            .limitRefreshPeriod(period)
            .timeoutDuration(Duration.ZERO)
            .build();
    RateLimiter limiter = RateLimiter.of("shedlab", config);
    Limiter.Permit permit = outcome -> {};
    return ticket -> limiter.acquirePermission() ? permit : null;
  }
}
