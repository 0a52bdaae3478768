package shedlab.bench.protocols;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import shedlab.bench.host.Programs;
import shedlab.bench.host.Taskset;
import shedlab.bench.outside.H2loadOutput;

/**
 * The load generator of the distribution that speaks all three protocols, on CPUs of its own.
 * Blocks until a load is over.
 */
record H2load(String cpuList) {
  static final String PROGRAM = "h2load";

  /** More than one core can answer at once. */
  static final int CONNECTIONS = 32;

  /**
   * New connections that are opened at once. h2load opens none again over HTTP/2, so the same is
   * done over all protocols: one burst after the other. The accept queue holds four times as many.
   */
  static final int BURST = 256;

  /** A connection on which nothing happens for so long has failed. */
  private static final int IDLE_SECONDS = 10;

  /** A closed loop over kept connections. */
  Tally kept(Asked asked, URI server, int connections, int millis) {
    return run(asked, server, "-c" + connections, "-D" + millis + "ms");
  }

  /** Bursts of new connections with one request each, until the time is over. */
  Tally bursts(Asked asked, URI server, int burst, int millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    Tally all = Tally.NONE;
    do {
      all = all.plus(run(asked, server, "-c" + burst, "-n" + burst));
    } while (System.nanoTime() - end < 0);
    return all;
  }

  private Tally run(Asked asked, URI server, String... load) {
    List<String> command = new ArrayList<>(Taskset.prefix(cpuList));
    command.addAll(List.of(PROGRAM, asked.protocol().generator(), "-t1", "-m1"));
    command.add("--connection-inactivity-timeout=" + IDLE_SECONDS);
    command.addAll(List.of(load));
    command.add(server.resolve(asked.answer().path()).toString());
    return Tally.of(H2loadOutput.read(Programs.run(command)));
  }

  /** {@code h2load nghttp2/1.52.0}. */
  static String version() {
    return Programs.run(List.of(PROGRAM, "--version")).strip();
  }
}
