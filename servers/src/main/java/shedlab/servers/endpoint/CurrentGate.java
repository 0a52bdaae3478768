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
 * The gate that decides now. A reset puts a fresh one in its place, which has learnt nothing; a
 * call stays with the gate that it entered. Those that were replaced are kept, so that totals never
 * go back and a call that met a reset is neither lost nor counted twice.
 */
final class CurrentGate {
  private final Supplier<Admission> fresh;
  private final List<Admission> replaced = new CopyOnWriteArrayList<>();
  private volatile Admission current;

  CurrentGate(Supplier<Admission> fresh) {
    this.fresh = fresh;
    this.current = fresh.get();
  }

  /** Where a request enters that arrives now. */
  Admission get() {
    return current;
  }

  /** Puts a fresh one in place. Meant for when nobody is in flight or waiting. */
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

  /** The current one at a glance, with the totals of all. */
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
