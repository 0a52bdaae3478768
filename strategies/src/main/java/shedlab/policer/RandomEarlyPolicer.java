package shedlab.policer;

import java.util.List;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Ticket;
import shedlab.numbers.Xorshift;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * Random early shedding: none while {@code from} or fewer are in the gate, all from {@code to} on,
 * and in between a share that grows in proportion. "In" is in flight and waiting. A queue then
 * never gets full, and a burst loses some requests instead of all its last ones.
 *
 * <p>RED's ramp alone: it goes by how many are in now, not by an average, up to all instead of a
 * greatest share, and tosses each coin anew instead of spacing out what it sheds.
 *
 * <p>Random, but the same gate tosses the same coins.
 */
public final class RandomEarlyPolicer implements Policer {
  private static final Parameter<Integer> FROM =
      Parameter.integer("from", "nobody is shed up to so many", 0, 10_000_000);
  private static final Parameter<Integer> TO =
      Parameter.integer("to", "everybody is shed from so many on", 1, 10_000_000);

  /** {@code random-early:from=N,to=M}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "random-early",
              "sheds a share that grows with how many are in",
              "Floyd and Jacobson 1993 (RED)",
              spec -> new RandomEarlyPolicer(spec.get(FROM), spec.get(TO)),
              FROM,
              TO)
          .ordered(List.of(FROM, TO));

  private final int from;
  private final int to;
  private final Xorshift random = new Xorshift();

  /** Expects {@code from <= to}. */
  public RandomEarlyPolicer(int from, int to) {
    this.from = from;
    this.to = to;
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    int in = gate.inflight() + gate.waiting();
    if (in >= to) {
      return false;
    }
    return in <= from || !random.chance((double) (in - from) / (to - from));
  }

  @Override
  public boolean learns() {
    return false;
  }
}
