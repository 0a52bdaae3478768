package example;

import java.time.Duration;
import java.util.List;
import shedlab.admission.Limit;
import shedlab.admission.Outcome;
import shedlab.admission.Sample;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.strategy.Pieces;

/** Doubles after as many fast requests in a row as it allows in flight; halves on a late one. */
public final class DoublingLimit implements Limit {
  private static final Parameter<Integer> MAX_LIMIT =
      Parameter.integer("max", "highest limit", 1, Limit.MAX).defaultsTo(64);
  private static final Parameter<Duration> TIMEOUT =
      Parameter.duration("timeout", "slower than this is late").defaultsTo(Duration.ofMillis(100));

  private static final Definition<Limit> DEFINITION =
      new Definition<>(
          "doubling",
          "twice as many while fast, half when late",
          "an example",
          spec -> new DoublingLimit(spec.get(MAX_LIMIT), spec.get(TIMEOUT).toNanos()),
          MAX_LIMIT,
          TIMEOUT);

  private final int max;
  private final long timeoutNanos;
  private int fastInARow;

  /** A limit that starts with one permit. */
  public DoublingLimit(int max, long timeoutNanos) {
    this.max = max;
    this.timeoutNanos = timeoutNanos;
  }

  @Override
  public int initial() {
    return 1;
  }

  @Override
  public int next(int limit, Sample sample) {
    if (sample.outcome() == Outcome.DROPPED || sample.elapsedNanos() > timeoutNanos) {
      fastInARow = 0;
      return Math.max(1, limit / 2);
    }
    if (++fastInARow < limit) {
      return limit;
    }
    fastInARow = 0;
    return Math.min(max, 2 * limit);
  }

  /** Named in {@code META-INF/services/shedlab.strategy.Pieces}. */
  public static final class Provider implements Pieces {
    /** For the service loader. */
    public Provider() {}

    @Override
    public List<Definition<Limit>> limits() {
      return List.of(DEFINITION);
    }
  }
}
