package shedlab.gatling.cli;

import java.io.PrintStream;
import shedlab.gatling.result.RunFiles;

/** The shutdown hook that says, after Ctrl-C, what was kept. */
final class Interruption extends Thread {
  private final RunFiles files;
  private final int planned;
  private final PrintStream out;

  Interruption(RunFiles files, int planned, PrintStream out) {
    this.files = files;
    this.planned = planned;
    this.out = out;
  }

  /** The run has ended by itself: nothing to say any more. */
  void over() {
    try {
      Runtime.getRuntime().removeShutdownHook(this);
    } catch (IllegalStateException e) {
      // Already shutting down: it is being said.
    }
  }

  @Override
  public void run() {
    out.printf(
        "%nStopped: %d of %d cells are kept in %s; the same command resumes.%n",
        files.cells().size(), planned, files.folder());
  }
}
