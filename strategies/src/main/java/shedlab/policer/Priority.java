package shedlab.policer;

import shedlab.admission.Ticket;

/**
 * A request's priority as a level: its urgency, and within that a cohort of clients, so that the
 * same clients are served everywhere and others nowhere. Level 0 is shed last.
 */
final class Priority {
  private static final int URGENCIES = 8;
  private static final int COHORTS = 16;

  /** How many levels there are; a request whose level is below the threshold is admitted. */
  static final int LEVELS = URGENCIES * COHORTS;

  private Priority() {}

  static int level(Ticket ticket) {
    int urgency = Math.max(0, Math.min(URGENCIES - 1, ticket.urgency()));
    long mixed = (ticket.client() ^ (ticket.client() >>> 32)) * 0x9E3779B97F4A7C15L;
    return urgency * COHORTS + (int) (mixed >>> 60);
  }
}
