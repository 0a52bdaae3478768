package shedlab.adapter;

import shedlab.admission.Ticket;

/**
 * What a request says of itself, for strategies that take it into account.
 *
 * @param urgency 0 (most urgent) to 7, as in RFC 9218
 * @param budgetNanos how long after its arrival an answer is still useful, in ns
 * @param client the same number for all requests of one client
 * @param kind the same small number for requests that cost about the same
 */
public record Attributes(int urgency, long budgetNanos, long client, int kind) {
  /** Says nothing: urgency 3, always useful, all clients and kinds the same. */
  public static final Attributes NONE = new Attributes(3, Ticket.NO_DEADLINE, 0, 0);

  /** Reads them from a request. Called by the server's threads; must be quick and not throw. */
  @FunctionalInterface
  public interface Reader {
    /** What a request with these header fields says of itself. */
    Attributes read(Headers headers);
  }
}
