package shedlab.bench.refusals;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import shedlab.bench.host.Programs;
import shedlab.bench.host.Taskset;
import shedlab.bench.outside.H2loadOutput;

/** The load generators of the distribution, on CPUs of their own. Blocks until a load is over. */
record Generator(String cpuList) {
  static final String WRK = "wrk";
  static final String H2LOAD = "h2load";

  /** Connections over which a rate is offered; the rates are multiples of it. */
  static final int OFFERING = 8;

  /**
   * What one has counted.
   *
   * @param answers that came back whole
   * @param refused those among them with a status of 400 or above
   * @param failed connections and requests that got none
   * @param seconds that it took
   */
  record Count(long answers, long refused, long failed, double seconds) {}

  /** Offers a load for so many seconds. */
  Count offer(Load load, URI server, int seconds) {
    return load.isSaturated()
        ? loop(load, server, Load.CONNECTIONS, seconds)
        : rate(load, server, seconds);
  }

  /** A closed loop over so many connections; with one, the server is idle half of the time. */
  Count loop(Load load, URI server, int connections, int seconds) {
    List<String> command = pinned(WRK, "-t1", "-c" + connections, "-d" + seconds + "s");
    if (!load.kept()) {
      command.addAll(List.of("-H", "Connection: close"));
    }
    command.add(server.resolve(load.answer().path()).toString());
    return WrkOutput.read(Programs.run(command), load.kept());
  }

  private Count rate(Load load, URI server, int seconds) {
    List<String> command =
        pinned(
            H2LOAD,
            "--h1",
            "-t1",
            "-c" + OFFERING,
            "--rps=" + load.perSecond() / OFFERING,
            "-D" + seconds);
    command.add(server.resolve(load.answer().path()).toString());
    return counted(H2loadOutput.read(Programs.run(command)));
  }

  static Count counted(H2loadOutput.Counts counts) {
    return new Count(
        counts.done(),
        counts.status4xx() + counts.status5xx(),
        counts.errored() + counts.timedOut(),
        counts.seconds());
  }

  private List<String> pinned(String... command) {
    List<String> pinned = new ArrayList<>(Taskset.prefix(cpuList));
    pinned.addAll(List.of(command));
    return pinned;
  }
}
