package shedlab.limit;

/** What a limit makes of a dropped request: one that failed because of overload further down. */
public enum Drops {
  /** It is a request like any other: its time counts, and it cuts nothing. */
  IGNORED,
  /** It cuts the limit, every one of them, and its time counts as a service time. */
  EACH,
  /**
   * Its time is no service time, and all that were admitted before the last cut are one incident:
   * one cut.
   */
  INCIDENT
}
