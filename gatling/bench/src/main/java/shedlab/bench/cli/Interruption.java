package shedlab.bench.cli;

import java.io.PrintStream;
import shedlab.bench.host.Host;
import shedlab.bench.run.Runner;
import shedlab.report.result.RunFiles;

/** The shutdown hook of a run: after Ctrl-C ends what was started and says what was kept. */
final class Interruption extends Thread {
  private final Runner runner;
  private final Host host;
  private final RunFiles files;
  private final PrintStream out;

  Interruption(Runner runner, Host host, RunFiles files, PrintStream out) {
    this.runner = runner;
    this.host = host;
    this.files = files;
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
    runner.stop(); // first: what breaks from here on is no result
    host.close();
    out.printf(
        "%nStopped: %d of %d cells are kept in %s; the same command resumes.%n",
        files.finalCells().size(), files.manifest().grid().cells(), files.folder());
  }
}
