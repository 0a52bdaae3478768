package shedlab.servers.endpoint;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Admission;
import shedlab.admission.GateStats;
import shedlab.admission.Shed;
import shedlab.servers.host.Placement;

/**
 * A gate that can be replaced by a new one that has learnt nothing. A call stays with the gate that
 * it took. One replaced gate is kept: a call that arrives during a reset may have taken it and
 * enter it later. Of all before it only the totals are kept. That is enough because a call counts
 * as received before it takes a gate: when no call is under way at the next reset, none is left
 * that could enter a gate replaced earlier.
 */
final class ResettableGate {
  private static final String STRATEGY = "strategy=";
  private static final String OFF = "off";

  private final Supplier<Admission> off;
  private final Function<String, Supplier<Admission>> strategies;
  private final Map<Shed, Long> shedBefore = new EnumMap<>(Shed.class);
  private long admittedBefore;
  private volatile @Nullable Admission replaced;
  private volatile Supplier<Admission> fresh;
  private volatile Admission current;

  /**
   * A gate of the strategy.
   *
   * @param fresh makes one that has learnt nothing
   * @param off makes one without the strategy
   * @param strategies makes what makes gates from a strategy's text; throws {@link
   *     IllegalArgumentException} if this server cannot take it while it runs
   */
  ResettableGate(
      Supplier<Admission> fresh,
      Supplier<Admission> off,
      Function<String, Supplier<Admission>> strategies) {
    this.fresh = fresh;
    this.off = off;
    this.strategies = strategies;
    this.current = fresh.get();
  }

  /** The gate for requests that arrive now. */
  Admission get() {
    return current;
  }

  /**
   * What makes the gate that a reset asks for.
   *
   * @param query null or empty for the same strategy, {@code strategy=off} for none, {@code
   *     strategy=TEXT} for another
   * @throws IllegalArgumentException {@code key: value (expected: rule)} if there is none
   */
  Supplier<Admission> next(@Nullable String query, Placement placement) {
    if (query == null || query.isEmpty()) { // not every server tells the two apart
      return fresh;
    }
    if (!query.startsWith(STRATEGY)) {
      throw new IllegalArgumentException(
          WorkQuery.problem("reset", query, "strategy=off, strategy=TEXT, or no query"));
    }
    String text = WorkQuery.decoded(query.substring(STRATEGY.length()));
    if (text.equals(OFF)) {
      return off;
    }
    if (current instanceof NativeLimit) {
      throw new IllegalArgumentException(WorkQuery.problem("strategy", text, "native, for good"));
    }
    Supplier<Admission> other = strategies.apply(text);
    PlacementRules.require(placement, other.get());
    return other;
  }

  /**
   * Replaces the gate by a new one. Only while no call is received and not ended.
   *
   * @param next of {@link #next}; unless the strategy is off, later resets make the same
   */
  synchronized void replace(Supplier<Admission> next) {
    Admission old = replaced;
    if (old != null) {
      GateStats last = old.stats();
      admittedBefore += last.admitted();
      last.shed().forEach((reason, count) -> shedBefore.merge(reason, count, Long::sum));
    }
    replaced = current;
    current = next.get();
    if (next != off) {
      fresh = next;
    }
  }

  /** Counts a connection that was refused for what the gate did before. */
  synchronized void shedConnection(Shed reason) {
    shedBefore.merge(reason, 1L, Long::sum);
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
