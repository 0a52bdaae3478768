package shedlab.servers.peers;

import dev.failsafe.Bulkhead;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Limit;
import shedlab.admission.Limiter;
import shedlab.admission.LimiterGate;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.strategy.Whole;

/** Failsafe's bulkhead, without waiting, which is its default. It has no default size. */
final class FailsafeBulkhead implements Limiter {
  private static final Parameter<Integer> LIMIT =
      Parameter.integer("limit", "most in flight", 1, Limit.MAX);

  /** {@code failsafe-bulkhead:limit=N}. */
  static final Definition<Whole> DEFINITION =
      new Definition<>(
          "failsafe-bulkhead",
          "a semaphore: a constant limit",
          "Failsafe Bulkhead, maxWaitTime 0",
          spec -> (clock, cpu) -> new LimiterGate(new FailsafeBulkhead(spec.get(LIMIT)), clock),
          LIMIT);

  private final int limit;
  private final Bulkhead<Object> bulkhead;
  private final Permit permit;

  private FailsafeBulkhead(int limit) {
    this.limit = limit;
    bulkhead = Bulkhead.of(limit);
    permit = outcome -> bulkhead.releasePermit();
  }

  @Override
  public @Nullable Permit acquire(Ticket ticket) {
    return bulkhead.tryAcquirePermit() ? permit : null;
  }

  @Override
  public int limit() {
    return limit;
  }
}
