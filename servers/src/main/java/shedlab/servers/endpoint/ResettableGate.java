package shedlab.servers.endpoint;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Admission;
import shedlab.admission.GateStats;
import shedlab.admission.Shed;

/**
 * A gate that can be replaced by a new one that has learnt nothing. A call stays with the gate that
 * it took. One replaced gate is kept: a call that arrives during a reset may have taken it and
 * enter it later. Of all before it only the totals are kept. That is enough because a call counts
 * as received before it takes a gate: when no call is under way at the next reset, none is left
 * that could enter a gate replaced earlier.
 */
final class ResettableGate {
  private final Supplier<Admission> fresh;
  private final Supplier<Admission> off;
  private final Map<Shed, Long> shedBefore = new EnumMap<>(Shed.class);
  private long admittedBefore;
  private volatile @Nullable Admission replaced;
  private volatile Admission current;

  /**
   * A gate of the strategy.
   *
   * @param fresh makes one that has learnt nothing
   * @param off makes one without the strategy
   */
  ResettableGate(Supplier<Admission> fresh, Supplier<Admission> off) {
    this.fresh = fresh;
    this.off = off;
    this.current = fresh.get();
  }

  /** The gate for requests that arrive now. */
  Admission get() {
    return current;
  }

  /**
   * Replaces the gate by a new one. Only while no call is received and not ended.
   *
   * @param withoutStrategy whether the strategy is off from now on
   */
  synchronized void replace(boolean withoutStrategy) {
    Admission old = replaced;
    if (old != null) {
      GateStats last = old.stats();
      admittedBefore += last.admitted();
      last.shed().forEach((reason, count) -> shedBefore.merge(reason, count, Long::sum));
    }
    replaced = current;
    current = (withoutStrategy ? off : fresh).get();
  }

  void tick() {
    Admission old = replaced;
    if (old != null) {
      old.tick();
    }
    current.tick();
  }

  /** The state of the current gate, with the totals of all. */
  synchronized GateStats stats() {
    GateStats now = current.stats();
    int inflight = now.inflight();
    int waiting = now.waiting();
    long admitted = now.admitted() + admittedBefore;
    Map<Shed, Long> shed = new EnumMap<>(now.shed());
    shedBefore.forEach((reason, count) -> shed.merge(reason, count, Long::sum));
    Admission old = replaced;
    if (old != null) {
      GateStats then = old.stats();
      inflight += then.inflight();
      waiting += then.waiting();
      admitted += then.admitted();
      then.shed().forEach((reason, count) -> shed.merge(reason, count, Long::sum));
    }
    return new GateStats(now.limit(), inflight, waiting, admitted, shed);
  }
}
