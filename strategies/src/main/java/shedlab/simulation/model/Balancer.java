package shedlab.simulation.model;

/** Which server of the fleet gets the next request. */
public enum Balancer {
  /** Any server, with equal probability. */
  RANDOM,
  /** One after the other. */
  ROUND_ROBIN,
  /**
   * The server with the fewest unanswered requests; among equals, the one whose number changed
   * longest ago.
   */
  LEAST_IN_FLIGHT
}
