package shedlab.servers.endpoint;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import shedlab.admission.Admission;
import shedlab.admission.GateStats;
import shedlab.admission.Shed;

/**
 * A gate that can be replaced by a new one that has learnt nothing. A call stays with the gate that
 * it entered. Replaced gates are kept, so that totals never decrease and a call during a reset is
 * neither lost nor counted twice.
 */
final class ResettableGate {
  private final Supplier<Admission> fresh;
  private final List<Admission> replaced = new CopyOnWriteArrayList<>();
  private volatile Admission current;

  ResettableGate(Supplier<Admission> fresh) {
    this.fresh = fresh;
    this.current = fresh.get();
  }

  /** The gate for requests that arrive now. */
  Admission get() {
    return current;
  }

  /** Replaces the gate by a new one. Meant for when no request is in flight or waiting. */
  synchronized void replace() {
    replaced.add(current);
    current = fresh.get();
  }

  void tick() {
    for (Admission old : replaced) {
      old.tick();
    }
    current.tick();
  }

  /** The state of the current gate, with the totals of all. */
  synchronized GateStats stats() {
    GateStats now = current.stats();
    int inflight = now.inflight();
    int waiting = now.waiting();
    long admitted = now.admitted();
    Map<Shed, Long> shed = new EnumMap<>(now.shed());
    for (Admission old : replaced) {
      GateStats then = old.stats();
      inflight += then.inflight();
      waiting += then.waiting();
      admitted += then.admitted();
      then.shed().forEach((reason, count) -> shed.merge(reason, count, Long::sum));
    }
    return new GateStats(now.limit(), inflight, waiting, admitted, shed);
  }
}
