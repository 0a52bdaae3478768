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

  /** A connection on which nothing happens for so long has failed. */
  private static final int IDLE_SECONDS = 10;

  private static final int FEW = 4;
  private static final int GROWTH = 16;

  /**
   * A closed loop over kept connections: so many requests. Not for so long: h2load never ends if
   * its time is over before it is connected.
   */
  Tally kept(Asked asked, URI server, int connections, long requests) {
    return run(asked, server, connections, Math.max(requests, connections));
  }

  /**
   * Closed loops over kept connections, of more and more requests until the time is over.
   *
   * @return the highest of their rates, in requests per second
   */
  double growing(Asked asked, URI server, int connections, int millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    long requests = (long) FEW * connections;
    double best = 0;
    do {
      Tally tally = kept(asked, server, connections, requests);
      double perSecond = tally.ended() / tally.seconds();
      best = Math.max(best, perSecond);
      double left = (end - System.nanoTime()) / 1e9;
      requests = (long) Math.min(GROWTH * (double) requests, perSecond * left);
    } while (System.nanoTime() - end < 0);
    return best;
  }

  /**
   * New connections with one request each, so many at once, and again until the time is over.
   * h2load opens none again over HTTP/2, so the same is done over all protocols.
   */
  Tally bursts(Asked asked, URI server, int burst, int millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    Tally all = Tally.NONE;
    do {
      all = all.plus(run(asked, server, burst, burst));
    } while (System.nanoTime() - end < 0);
    return all;
  }

  private Tally run(Asked asked, URI server, int connections, long requests) {
    List<String> command = new ArrayList<>(Taskset.prefix(cpuList));
    command.addAll(List.of(PROGRAM, asked.protocol().generator(), "-t1", "-m1"));
    command.add("--connection-inactivity-timeout=" + IDLE_SECONDS);
    command.add("-c" + connections);
    command.add("-n" + requests);
    command.add(server.resolve(asked.answer().path()).toString());
    return Tally.of(H2loadOutput.read(Programs.run(command)));
  }

  /** {@code h2load nghttp2/1.52.0}. */
  static String version() {
    return Programs.run(List.of(PROGRAM, "--version")).strip();
  }
}
