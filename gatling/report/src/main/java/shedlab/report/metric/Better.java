package shedlab.report.metric;

/** Which way a figure is better. */
public enum Better {
  MORE,
  LESS,
  /** It is information, neither better nor worse. */
  NEITHER
}
