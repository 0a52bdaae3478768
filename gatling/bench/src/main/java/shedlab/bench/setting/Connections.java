package shedlab.bench.setting;

/** How requests share connections. */
public enum Connections {
  /** Kept, one pool for all. */
  KEPT,
  /** A new one for each request. */
  NEW
}
