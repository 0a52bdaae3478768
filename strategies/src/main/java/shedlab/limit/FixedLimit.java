package shedlab.limit;

import shedlab.admission.Limit;
import shedlab.admission.Sample;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.Trait;

/**
 * A constant number of permits: a semaphore. Without a backlog and with one permit per core this is
 * Erlang's loss system, whose shed share is known exactly (A. K. Erlang, 1917).
 */
public final class FixedLimit implements Limit {
  private static final Parameter<Integer> LIMIT =
      Parameter.integer("limit", "permits", 1, Limit.MAX);

  /** {@code fixed:limit=N}. */
  public static final Definition<Limit> DEFINITION =
      new Definition<Limit>(
              "fixed",
              "a semaphore: a constant limit",
              "Erlang 1917; java.util.concurrent.Semaphore",
              spec -> new FixedLimit(spec.get(LIMIT)),
              LIMIT)
          .with(Trait.ERLANG_LOSS, Trait.STATIC);

  private final int limit;

  /** A limit of {@code limit} permits. */
  public FixedLimit(int limit) {
    this.limit = limit;
  }

  @Override
  public int initial() {
    return limit;
  }

  @Override
  public int next(int current, Sample sample) {
    return current;
  }

  @Override
  public boolean learns() {
    return false;
  }
}
