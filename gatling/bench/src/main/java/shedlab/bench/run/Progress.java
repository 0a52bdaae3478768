package shedlab.bench.run;

import java.time.Duration;
import shedlab.report.raw.Floor;
import shedlab.report.result.CellResult;

/** Who watches a run. Called from the runner's thread only. */
public interface Progress {
  /** Something begins that is not a cell: a calibration, a warm-up. */
  void phase(String what);

  /** Something that will spoil the results, and that the user may want to stop the run for. */
  default void warning(String what) {
    phase("WARNING: " + what);
  }

  /** The load of a phase or cell is running; about twice a second. */
  void load(shedlab.report.raw.Progress report);

  /** A cell ended, valid, invalid or failed. */
  void finished(CellResult cell, String verdict);

  /** A calibration is repeated, which no plan foresees and which takes about so long. */
  default void repeatsCalibration(Duration about) {}

  /** A server was calibrated once more, after the last cell. */
  default void calibratedAgain() {}

  /** What is known of the machine's noise floor, before the first cell and after the last. */
  default void noiseFloor(Floor floor) {}

  /** Passes everything on to both. */
  static Progress both(Progress first, Progress second) {
    return new Progress() {
      @Override
      public void phase(String what) {
        first.phase(what);
        second.phase(what);
      }

      @Override
      public void warning(String what) {
        first.warning(what);
        second.warning(what);
      }

      @Override
      public void load(shedlab.report.raw.Progress report) {
        first.load(report);
        second.load(report);
      }

      @Override
      public void finished(CellResult cell, String verdict) {
        first.finished(cell, verdict);
        second.finished(cell, verdict);
      }

      @Override
      public void noiseFloor(Floor floor) {
        first.noiseFloor(floor);
        second.noiseFloor(floor);
      }

      @Override
      public void repeatsCalibration(Duration about) {
        first.repeatsCalibration(about);
        second.repeatsCalibration(about);
      }

      @Override
      public void calibratedAgain() {
        first.calibratedAgain();
        second.calibratedAgain();
      }
    };
  }
}
