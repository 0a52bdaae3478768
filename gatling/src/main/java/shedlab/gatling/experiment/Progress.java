package shedlab.gatling.experiment;

/** Who watches a run. Called from the runner's thread only. */
public interface Progress {
  /** Something begins that is not a cell: a calibration, a warm-up. */
  void phase(String what);

  /** The load of a phase or cell is running. */
  void load(double secondsLeft, double ratePerSecond);

  /** A cell ended, valid, invalid or failed. */
  void finished(String cell, String verdict);
}
