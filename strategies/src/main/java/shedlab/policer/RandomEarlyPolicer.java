package shedlab.policer;

import java.util.List;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Ticket;
import shedlab.numbers.Xorshift;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * Random early shedding: sheds no request while {@code from} or fewer are in the gate (in flight or
 * waiting), every request from {@code to} on, and in between a share that grows in proportion. So a
 * queue never gets full, and a burst loses some of its requests instead of all its last ones.
 *
 * <p>Only RED's ramp is here: it uses the current number instead of an average, ends at all
 * requests instead of a greatest share, and decides each request by itself instead of spacing out
 * those it sheds.
 *
 * <p>The seed is constant, so runs are reproducible.
 */
public final class RandomEarlyPolicer implements Policer {
  private static final Parameter<Integer> FROM =
      Parameter.integer("from", "number in the gate up to which none is shed", 0, 10_000_000);
  private static final Parameter<Integer> TO =
      Parameter.integer("to", "number in the gate from which on all are shed", 1, 10_000_000);

  /** {@code random-early:from=N,to=M}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "random-early",
              "sheds a share that grows with the number in the gate",
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
