package shedlab.servers;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import shedlab.admission.Policer;
import shedlab.spec.Definition;
import shedlab.strategy.Pieces;

/** The policer {@code test-attributes}: admits everybody and writes down what tickets say. */
public final class AttributeProbe implements Pieces {
  /** What one arrival said of itself. */
  record Seen(int urgency, long budgetNanos, long client, int kind) {}

  static final BlockingQueue<Seen> SEEN = new LinkedBlockingQueue<>();

  @Override
  public List<Definition<Policer>> policers() {
    return List.of(
        new Definition<Policer>(
            "test-attributes", "looks at tickets", "a test", spec -> AttributeProbe::admits));
  }

  private static boolean admits(
      shedlab.admission.Ticket ticket, shedlab.admission.GateView gate, long nowNanos) {
    SEEN.add(new Seen(ticket.urgency(), ticket.budgetNanos(), ticket.client(), ticket.kind()));
    return true;
  }
}
