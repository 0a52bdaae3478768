package shedlab.servers;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Signal;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.strategy.Pieces;

/**
 * The policer {@code test-signals}: needs everything, admits everybody, writes down what it sees.
 */
public final class SignalProbe implements Pieces {
  /** What one arrival saw of the host. */
  record Seen(int inflight, int runnable, long cpuNanos, long wakeUps) {}

  /** What one request took. */
  record Took(long cpuNanos, long serviceNanos) {}

  static final BlockingQueue<Seen> SEEN = new LinkedBlockingQueue<>();
  static final BlockingQueue<Took> TOOK = new LinkedBlockingQueue<>();

  @Override
  public List<Definition<Policer>> policers() {
    return List.of(
        new Definition<Policer>(
            "test-signals", "looks at the host", "a test", spec -> new Looking()));
  }

  private static final class Looking implements Policer {
    @Override
    public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
      SEEN.add(new Seen(gate.inflight(), gate.runnable(), gate.cpuNanos(), gate.wakeUps()));
      return true;
    }

    @Override
    public void completed(Ticket ticket) {
      TOOK.add(new Took(ticket.cpuNanos(), ticket.serviceNanos()));
    }

    @Override
    public Set<Signal> needs() {
      return EnumSet.complementOf(EnumSet.of(Signal.LIMIT));
    }
  }
}
