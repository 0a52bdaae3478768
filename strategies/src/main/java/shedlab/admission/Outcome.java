package shedlab.admission;

/** How an admitted request ended, as its host reports it to {@link Gate#leave}. */
public enum Outcome {
  /** The work was done: its times are a valid measurement. */
  SUCCESS,
  /** There was overload downstream (a timeout, a refused call): a signal to lower the limit. */
  DROPPED,
  /**
   * The outcome says nothing about load (bad input, a bug): the permit returns and the limit learns
   * nothing.
   */
  IGNORED
}
