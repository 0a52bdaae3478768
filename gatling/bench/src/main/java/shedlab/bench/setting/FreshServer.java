package shedlab.bench.setting;

/** What gets a server of its own. */
public enum FreshServer {
  /** One server serves all strategies of a block, which it takes one after the other. */
  BLOCK,
  /** One server climbs through all loads of a strategy. */
  STRATEGY,
  /** Every cell has a new one. */
  CELL
}
