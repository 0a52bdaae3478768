package shedlab.simulation.model;

/** Who of the fleet gets the next request. */
public enum Balancer {
  /** Any, evenly. */
  RANDOM,
  /** One after the other. */
  ROUND_ROBIN,
  /** Who has the fewest without an answer; of equals, whose number changed longest ago. */
  LEAST_IN_FLIGHT
}
