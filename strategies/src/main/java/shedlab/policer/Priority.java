package shedlab.policer;

import shedlab.admission.Ticket;

/**
 * A request's priority as a level: its urgency and, within an urgency, its client's cohort. A
 * client has the same cohort on every server, so all servers shed the same clients. Level 0 is shed
 * last.
 */
final class Priority {
  private static final int URGENCIES = 8;
  private static final int COHORT_BITS = 4;
  private static final int COHORTS = 1 << COHORT_BITS;

  /** How many levels there are; a request whose level is below the threshold is admitted. */
  static final int LEVELS = URGENCIES * COHORTS;

  private Priority() {}

  /** One of {@code 2^bits} groups of clients, from 0; a client is always in the same one. */
  static int cohort(Ticket ticket, int bits) {
    long client = ticket.client();
    long mixed = (client ^ (client >>> 32)) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> (Long.SIZE - bits));
  }

  static int level(Ticket ticket) {
    int urgency = Math.max(0, Math.min(URGENCIES - 1, ticket.urgency()));
    return urgency * COHORTS + cohort(ticket, COHORT_BITS);
  }
}
