package shedlab.limit;

/** When a limit may grow. */
public enum Growth {
  /** Whenever requests are fast, whether its permits are used or not. */
  ALWAYS,
  /** Only while at least half of it is in flight: an idle limit teaches nothing. */
  IN_USE;

  /** False if it may not grow now, with so many in flight at most since it last moved. */
  boolean allows(int mostInflight, double limit) {
    return this == ALWAYS || 2.0 * mostInflight >= limit;
  }
}
