package shedlab.bench.refusals;

import java.util.Map;
import shedlab.bench.control.ServerProbe;
import shedlab.bench.host.HostException;
import shedlab.bench.host.RunningServer;
import shedlab.bench.outside.ThreadTimes;
import shedlab.bench.refusals.Generator.Count;
import shedlab.bench.refusals.Load.Answer;

/** One server process and the readings on it. */
final class Measurement {
  private static final double RATE_TOLERANCE = 0.02;

  /**
   * Of the answers, those that may be no 429: the task that holds the permit may end, and then a
   * request or two are admitted before the next task has it. So few change no figure.
   */
  private static final double MOST_ADMITTED = 0.001;

  /** Each takes a round trip. */
  private static final int READINGS = 2_000;

  private final RunningServer server;
  private final Generator generator;
  private final ServerProbe probe;
  private final HeldPermit permit;
  private final boolean full;

  /** Of a server that has just started. */
  Measurement(RunningServer server, Generator generator, Subject subject) {
    this.server = server;
    this.generator = generator;
    this.probe = new ServerProbe(server.url());
    this.permit = new HeldPermit(server.url(), pid(), probe);
    this.full = subject.refusing() == Subject.Refusing.FULL;
  }

  private long pid() {
    return server.pid().orElseThrow();
  }

  /** Takes the permit if the server is to be full. */
  void prepare() {
    if (full) {
      permit.take();
    }
  }

  /** A load before the measurements. */
  void warm(Load load, int connections, int seconds) {
    prepare();
    if (seconds > 0) {
      generator.loop(load, server.url(), connections, seconds);
    }
  }

  /** A measurement. */
  Reading of(Load load, int seconds) {
    prepare();
    if (!load.isSaturated()) { // or compilers catch up with what saturation left them
      probe.awaitQuiet();
    }
    Map<String, Double> before = settled();
    ThreadTimes start = ThreadTimes.of(pid());
    Count count = generator.offer(load, server.url(), seconds);
    double cpu = ThreadTimes.of(pid()).secondsSince(start, permit.threads());
    double allocated = allocated(probe.metrics()) - allocated(before);
    Map<String, Double> after = settled();
    long received = received(after) - received(before);
    long shed = shed(after) - shed(before);
    boolean refusals = load.answer() == Answer.REFUSAL;
    return new Reading(
        count,
        refusals ? shed : count.answers(),
        cpu,
        allocated,
        problem(load, count, received, shed));
  }

  /** What speaks against a row. */
  static String problem(Load load, Count count, long received, long shed) {
    int connections = load.isSaturated() ? Load.CONNECTIONS : Generator.OFFERING;
    if (count.answers() == 0) {
      return "no answer";
    }
    if (count.failed() > 0) {
      return count.failed() + " connections or requests failed";
    }
    if (load.answer() == Answer.PLAIN) {
      return count.refused() > 0
          ? count.refused() + " answers were no 200"
          : received > 0 ? "the gate received " + received + " requests" : "";
    }
    long admitted = count.answers() - count.refused();
    if (admitted > MOST_ADMITTED * count.answers()) {
      return admitted + " answers were no 429";
    }
    long unread = shed - count.refused(); // at the end of a load, one for each connection
    if (unread < 0 || unread > connections) {
      return "the server shed " + shed + ", its clients count " + count.refused();
    }
    double offered = (double) load.perSecond() * count.seconds();
    return !load.isSaturated() && Math.abs(count.answers() - offered) > RATE_TOLERANCE * offered
        ? "only " + Math.round(count.answers() / count.seconds()) + " requests a second came"
        : "";
  }

  /** The counters, once nothing more comes out of socket buffers. */
  private Map<String, Double> settled() {
    Map<String, Double> earlier = probe.metrics();
    for (int i = 0; i < READINGS; i++) {
      Map<String, Double> now = probe.metrics();
      if (received(now) == received(earlier) && undecided(now) == 0) {
        return now;
      }
      earlier = now;
    }
    throw new HostException(
        "requests without a decision", undecided(earlier), "0 after a load has ended");
  }

  private static long undecided(Map<String, Double> metrics) {
    double admitted = metrics.getOrDefault("shedlab_admitted_total", 0.0);
    return received(metrics) - shed(metrics) - (long) admitted;
  }

  private static long received(Map<String, Double> metrics) {
    return metrics.getOrDefault("shedlab_received_total", 0.0).longValue();
  }

  private static long shed(Map<String, Double> metrics) {
    return (long)
        metrics.entrySet().stream()
            .filter(metric -> metric.getKey().startsWith("shedlab_shed_total"))
            .mapToDouble(Map.Entry::getValue)
            .sum();
  }

  private static double allocated(Map<String, Double> metrics) {
    return metrics.getOrDefault("jvm_allocated_bytes", Double.NaN);
  }
}
