package shedlab.servers.endpoint;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Shed;
import shedlab.servers.host.RefuseWith;
import shedlab.servers.http.RetryTimes;

/**
 * How refusals are told, and whether a new connection is refused before it costs anything. What a
 * connection will ask for is not known when it is accepted, so it is refused for what the gate did
 * last: as long as the latest request was refused on arrival and none has been admitted or has
 * ended since, and for {@value #HOLDS_MILLIS} ms at most, so that a gate that refuses without work
 * in flight is asked again, and a probe that must open a connection is answered. Thread-safe.
 */
final class Refusals {
  private static final long HOLDS_MILLIS = 100;

  private record Latest(Shed reason, long nanos) {}

  private final RefuseWith with;
  private final RetryTimes retryTimes;
  private final ResettableGate gate;
  private final LongAdder received;
  private volatile @Nullable Latest latest;

  /**
   * None yet.
   *
   * @param received is told of the connections that are refused; the gate is told the reason
   */
  Refusals(RefuseWith with, RetryTimes retryTimes, ResettableGate gate, LongAdder received) {
    this.with = with;
    this.retryTimes = retryTimes;
    this.gate = gate;
    this.received = received;
  }

  /** What is sent to the client of a request that is shed. */
  Reply reply(Shed reason) {
    return with == RefuseWith.RESET ? Reply.RESET_STREAM : Reply.shed(reason, retryTimes.next());
  }

  /** The same for a request that a server's own limiter has refused on arrival. */
  Reply onArrival(Shed reason) {
    arrived(reason);
    return reply(reason);
  }

  /** The gate has decided on an arrival: null if it did not refuse. */
  void arrived(@Nullable Shed refused) {
    if (with == RefuseWith.CONNECTION) {
      latest = refused == null ? null : new Latest(refused, System.nanoTime());
    }
  }

  /** A request has ended: there may be room. */
  void ended() {
    if (with == RefuseWith.CONNECTION) {
      latest = null;
    }
  }

  /** Whether a new connection is refused; then it counts as received and shed. */
  boolean refusesConnection() {
    Latest last = latest;
    if (last == null || System.nanoTime() - last.nanos >= HOLDS_MILLIS * 1_000_000) {
      return false;
    }
    received.increment();
    gate.shedConnection(last.reason);
    return true;
  }
}
