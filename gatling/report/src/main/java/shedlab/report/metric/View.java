package shedlab.report.metric;

/** The tables of the report whose columns are metrics. */
public enum View {
  /** How the requests ended. */
  OUTCOMES,
  /** What the server was doing. */
  INSIDE,
  /** CPU time by what it was spent for. */
  COSTS,
  /** All of the CPU time of the server's CPUs. */
  CPU,
  /** Response times. */
  PERCENTILES,
  /** The most important of all. */
  FULL
}
