package shedlab.simulation;

/** How a request ended, over all its tries. */
public enum Ending {
  /** Done within the deadline. */
  GOOD,
  /** Done after the deadline. */
  LATE,
  /** Its last try was shed. */
  SHED,
  /** Its client ran out of patience in its last try. */
  ABANDONED
}
