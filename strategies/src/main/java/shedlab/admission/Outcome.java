package shedlab.admission;

/** How an admitted request ended, as its host reports it to {@link Gate#leave}. */
public enum Outcome {
  /** The work was done: its times are a valid measurement. */
  SUCCESS,
  /** Overload was felt downstream (a timeout, a refused call): a signal to shrink. */
  DROPPED,
  /** The end says nothing about load (bad input, a bug): the permit returns, nothing is learnt. */
  IGNORED
}
