package shedlab.report.metric;

/** Which way a figure is better. */
public enum Better {
  MORE,
  LESS,
  /** It tells something, but is no merit. */
  NEITHER
}
