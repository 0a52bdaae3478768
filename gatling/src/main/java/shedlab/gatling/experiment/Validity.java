package shedlab.gatling.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import shedlab.gatling.load.LoadResult;
import shedlab.gatling.result.Attempts;
import shedlab.gatling.result.Check;
import shedlab.gatling.result.Outcomes;

/**
 * Whether a cell measured the server and nothing else. Every gate is recorded with its value and
 * bound; one broken gate makes the cell invalid, which is shown and never averaged in.
 */
final class Validity {
  private static final double MAX_LATENESS_OF_DEADLINE = 0.05;

  /** A server on a full core works at a steady pace, or it is still warming up. */
  private static final double MAX_SPEED_UP = 1.15;

  private static final double MAX_GENERATOR_CPU = 0.7;
  private static final double MAX_GC_SHARE = 0.01;
  private static final double MAX_STEAL = 0.01;

  /** A server that answers more than its capacity has another one: its loads have wrong names. */
  private static final double MAX_OF_CAPACITY = 1.1;

  /**
   * A server above capacity has work all the time. Not 0.9: a bare semaphore leaves the CPU idle
   * between a departure and the next arrival, which is its nature (Erlang) and not the generator's.
   */
  private static final double MIN_SERVER_CPU = 0.8;

  private final List<Check> checks = new ArrayList<>();

  private Validity() {}

  static List<Check> of(
      Cell cell,
      Experiment experiment,
      Capacity capacity,
      LoadResult load,
      ServerCounts server,
      Samples window,
      double cpuShare,
      double steal) {
    Validity validity = new Validity();
    validity.atLeast("server CPU in calibration", capacity.cpuShare(), Capacity.SATURATED);
    validity.atMost(
        "completed / capacity",
        window.completedPerSecond() / capacity.perSecond(),
        MAX_OF_CAPACITY);
    validity.generator(experiment, load);
    validity.counts(load, server);
    if (cell.load() >= 1.2) {
      validity.atLeast("server CPU", cpuShare, MIN_SERVER_CPU);
      validity.atLeast("second half / first, completed", window.speedUp(), 1 / MAX_SPEED_UP);
      validity.atMost("second half / first, completed", window.speedUp(), MAX_SPEED_UP);
    }
    validity.atMost("steal", steal, MAX_STEAL);
    return List.copyOf(validity.checks);
  }

  private void generator(Experiment experiment, LoadResult load) {
    exactly("started", load.startedTotal(), load.intendedTotal());
    exactly("recorded twice", load.duplicates(), 0);
    atLeast("slowest second, started / intended", load.minStartRatio(), 0.9);
    double boundMillis = Math.max(5, MAX_LATENESS_OF_DEADLINE * experiment.deadline().toMillis());
    atMost("p99 of start lateness, ms", load.lateness().p99Micros() / 1e3, boundMillis);
    atMost("generator CPU", load.cpuShare(), MAX_GENERATOR_CPU);
    atMost("generator GC", load.gcMillis() / 1e3 / load.windowSeconds(), MAX_GC_SHARE);
  }

  /** Client, server and Gatling's own log are three witnesses of the same requests. */
  private void counts(LoadResult load, ServerCounts server) {
    Outcomes all = load.whole();
    exactly("sum of outcomes", all.total(), load.intendedTotal());
    exactly("other statuses", all.other(), 0);
    Attempts tries = load.attempts();
    exactly("Gatling's log: 200s", load.gatlingOk(), tries.ok());
    exactly("Gatling's log: requests", load.gatlingOk() + load.gatlingKo(), tries.sent());
    exactly("server: admitted + shed", server.admitted() + server.shedTotal(), server.received());
    long unanswered = tries.failed() - all.other();
    between("server: admitted - 200s", server.admitted() - tries.ok(), unanswered);
    between("server: shed - 429s", server.shedTotal() - tries.shed(), unanswered);
    between(
        "server: received - answered", server.received() - tries.ok() - tries.shed(), unanswered);
  }

  private void exactly(String name, long value, long expected) {
    checks.add(new Check(name, Long.toString(value), "= " + expected, value == expected));
  }

  /** Answers that the client did not wait for may be missing on its side, and no others. */
  private void between(String name, long value, long most) {
    String bound = most == 0 ? "= 0" : "0 to " + most;
    checks.add(new Check(name, Long.toString(value), bound, value >= 0 && value <= most));
  }

  private void atMost(String name, double value, double bound) {
    checks.add(new Check(name, number(value), "<= " + number(bound), value <= bound));
  }

  private void atLeast(String name, double value, double bound) {
    checks.add(new Check(name, number(value), ">= " + number(bound), value >= bound));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
