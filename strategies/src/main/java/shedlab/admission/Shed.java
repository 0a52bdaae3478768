package shedlab.admission;

/** Why a request was not admitted. */
public enum Shed {
  /** The limit was reached and there is no backlog; or a {@link Limiter} gave no permit. */
  LIMIT,
  /** The limit was reached and the backlog has no room for it, or no longer. */
  FULL,
  /** It waited too long, or a {@link Policer} did not keep it when its turn came. */
  EXPIRED,
  /** A {@link Policer} turned it away on arrival. */
  POLICED,
  /** Its client left while it was waiting. */
  ABANDONED
}
