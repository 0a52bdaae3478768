package shedlab.bench.cli;

import java.io.PrintStream;
import java.util.function.Supplier;
import shedlab.bench.host.Host;
import shedlab.bench.host.HostException;

/** The shutdown hook of a run: after Ctrl-C ends what was started and says what was kept. */
final class Interruption extends Thread {
  private final Runnable stop;
  private final Host host;
  private final Supplier<String> kept;
  private final PrintStream out;

  /**
   * A hook.
   *
   * @param stop lets nothing be recorded any more
   * @param kept says in a line what was kept
   */
  Interruption(Runnable stop, Host host, Supplier<String> kept, PrintStream out) {
    this.stop = stop;
    this.host = host;
    this.kept = kept;
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
    stop.run(); // first: what breaks from here on is no result
    try {
      host.close();
    } catch (HostException e) { // what was kept is kept nevertheless
      System.err.println("shedlab: " + e.getMessage());
    }
    out.printf("%n%s%n", kept.get());
  }
}
