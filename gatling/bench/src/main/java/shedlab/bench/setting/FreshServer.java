package shedlab.bench.setting;

/** What gets a server of its own. */
public enum FreshServer {
  /** One server climbs through all loads of a strategy. */
  STRATEGY,
  /** Every cell has a new one. */
  CELL
}
