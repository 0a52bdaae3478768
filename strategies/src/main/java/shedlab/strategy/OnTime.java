package shedlab.strategy;

import java.time.Duration;
import java.util.List;
import shedlab.admission.Admission;
import shedlab.admission.Gate;
import shedlab.admission.HostView;
import shedlab.admission.NanoClock;
import shedlab.admission.Signal;
import shedlab.backlog.OnTimeBacklog;
import shedlab.limit.FixedLimit;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * The strategy that needs no settings, for work that uses the CPU: one permit for each core, and in
 * front of them the queue of {@link OnTimeBacklog}.
 *
 * <p>It takes the number of cores from its host, or from the JVM if the host does not tell it; the
 * service times it measures; the deadline it takes from each request's {@link
 * shedlab.admission.Ticket#budgetNanos}. For requests that tell none, {@code deadline=} gives one.
 * Without any it serves the newest first. What it loses, told and untold: {@code RESEARCH.md}.
 *
 * <p>It is not made for work that waits for something else than a core (a database, another
 * service): then {@code cores=} must say how many such requests the server does at once.
 */
final class OnTime implements Whole {
  /** Far more than any server does within a deadline. */
  private static final int CAPACITY = 100_000;

  private static final Parameter<Integer> CORES =
      Parameter.integer(
              "cores", "requests that are served at once; 0 for the host's cores", 0, 4096)
          .defaultsTo(0);
  private static final Parameter<Duration> DEADLINE =
      Parameter.durationOrNone("deadline", "of requests that tell none").defaultsTo(Duration.ZERO);

  /** {@code on-time:cores=0,deadline=none}. */
  static final Definition<Whole> DEFINITION =
      new Definition<>(
          "on-time",
          "a permit a core; the oldest that can be on time, under overload the newest",
          "Shedlab, RESEARCH.md",
          spec -> new OnTime(spec.get(CORES), spec.get(DEADLINE).toNanos()),
          CORES,
          DEADLINE);

  private final int cores;
  private final long deadlineNanos;

  private OnTime(int cores, long deadlineNanos) {
    this.cores = cores;
    this.deadlineNanos = deadlineNanos;
  }

  @Override
  public Admission admission(NanoClock clock, HostView host) {
    int permits = cores > 0 ? cores : coresOf(host);
    return new Gate(
        List.of(),
        new FixedLimit(permits),
        new OnTimeBacklog(permits, CAPACITY, deadlineNanos),
        clock,
        host);
  }

  private static int coresOf(HostView host) {
    return host.tells().contains(Signal.CPU)
        ? host.cpus()
        : Runtime.getRuntime().availableProcessors();
  }
}
