package shedlab.admission;

/** Why a request was not admitted. */
public enum Shed {
  /** The limit was reached and there is no backlog. */
  LIMIT,
  /** The limit was reached and the backlog has no room. */
  FULL,
  /** It waited longer than the backlog allows. */
  EXPIRED,
  /** Its client left while it was waiting. */
  ABANDONED
}
