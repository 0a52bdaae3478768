package shedlab.servers.endpoint;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Shed;
import shedlab.servers.host.RefuseWith;
import shedlab.servers.host.ServerConfig;

/**
 * How refusals are told, and whether a new connection is refused before it costs anything. What a
 * connection will ask for is not known when it is accepted, so it is refused for what the gate did
 * last: as long as the latest request was refused on arrival and no request has ended since, and no
 * longer than one heartbeat, so that a gate that refuses without work in flight is asked again.
 * Thread-safe.
 */
final class Refusals {
  private record Latest(Shed reason, long nanos) {}

  private final RefuseWith with;
  private final long holdsNanos;
  private final ResettableGate gate;
  private final LongAdder received;
  private volatile @Nullable Latest latest;

  /**
   * None yet.
   *
   * @param received is told of the connections that are refused; the gate is told the reason
   */
  Refusals(ServerConfig config, ResettableGate gate, LongAdder received) {
    this.with = config.refuseWith();
    this.holdsNanos = config.tickMillis() * 1_000_000L;
    this.gate = gate;
    this.received = received;
  }

  /** What is sent to the client of a request that is shed. */
  Reply reply(Shed reason) {
    return with == RefuseWith.RESET ? Reply.RESET_STREAM : Reply.shed(reason);
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
    if (last == null || System.nanoTime() - last.nanos >= holdsNanos) {
      return false;
    }
    received.increment();
    gate.shedConnection(last.reason);
    return true;
  }
}
