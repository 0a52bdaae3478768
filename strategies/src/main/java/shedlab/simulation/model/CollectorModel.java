package shedlab.simulation.model;

import java.time.Duration;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.Spec;
import shedlab.spec.SpecException;

/**
 * A garbage collector that stops the world: during a pause no thread of the server runs, and its
 * gate gets all arrivals of that time at once afterwards. The collector uses all cores meanwhile.
 *
 * <p>Pauses come by the clock. That is what a parallel collector does on a busy server: a request
 * allocates about the same each time, so a heap of constant size is full after a constant number of
 * requests, and the pause is what its log says. Below the capacity a real collector pauses less
 * often. A concurrent one has shorter pauses and takes CPU beside the requests, which is not
 * modelled.
 *
 * @param every from the start of one pause to the start of the next; the first begins so long after
 *     the start
 * @param pause how long each is
 */
public record CollectorModel(Duration every, Duration pause) {
  /** No pauses. */
  public static final CollectorModel NONE =
      new CollectorModel(Duration.ofDays(10_000), Duration.ZERO);

  private static final Parameter<Duration> EVERY = Parameter.duration("every", "between pauses");
  private static final Parameter<Duration> PAUSE = Parameter.duration("pause", "length of each");
  private static final Definition<CollectorModel> FORM =
      new Definition<>("collector", "", "-", CollectorModel::of, EVERY, PAUSE);

  private static CollectorModel of(Spec spec) {
    return new CollectorModel(spec.get(EVERY), spec.get(PAUSE));
  }

  /**
   * Reads {@code every=2s,pause=20ms}, or {@code none}.
   *
   * @throws SpecException for an unknown or a missing key, or a value against its rule
   */
  public static CollectorModel read(String text) {
    return text.equals("none") ? NONE : FORM.make(FORM.parse(text));
  }

  /** Throws {@link SpecException} for an impossible value. */
  public CollectorModel {
    SpecException.check(!pause.isNegative(), "pause", pause, "zero or more");
    SpecException.check(pause.compareTo(every) < 0, "pause", pause, "shorter than every");
  }

  /** True during a pause of a single server. */
  public boolean pausedAt(long nowNanos) {
    return nowNanos >= every.toNanos() && nowNanos % every.toNanos() < pause.toNanos();
  }

  /** The share of time that is left between pauses. */
  public double share() {
    return 1 - (double) pause.toNanos() / every.toNanos();
  }

  /** The canonical text; {@link #read} reads it back. */
  @Override
  public String toString() {
    return pause.isZero() ? "none" : EVERY.at(every) + "," + PAUSE.at(pause);
  }
}
