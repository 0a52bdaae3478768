package shedlab.policer;

import java.time.Duration;
import java.util.List;
import shedlab.admission.GateView;
import shedlab.admission.Outcome;
import shedlab.admission.Policer;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * bRPC's timeout limiter: admits a request if the mean time of the last window is shorter than the
 * request's time budget ({@code timeout}, if it has none) and at most {@code max} are in the gate;
 * and in any case if it is alone there.
 *
 * <p>The mean is the time of all samples, dropped ones included, divided by the number of
 * successes; after a window of drops alone it is doubled. A window ends with {@code most} samples,
 * or after {@code window} if it has {@code least}; with fewer it is thrown away. At most one
 * completion per 100 us is a sample.
 *
 * <p>So it is open or closed. A mean just below the timeout is good enough: then about half of the
 * requests take longer. While it is closed one request at a time is served; if these are fewer than
 * {@code least} in a window, every window is thrown away and it never opens again. With the
 * defaults that happens if a request takes more than 10 ms.
 *
 * <p>Tuned, the timeout is the deadline and {@code max} three tasks for each core: without the
 * service time no more is safe. Ten samples in four deadlines are enough: one at a time gives them
 * if a task takes a third of the deadline or less.
 *
 * <p>Who waits in a backlog is in the gate too, and times count from arrival, as they do in bRPC.
 * Times are kept in nanoseconds, bRPC's in microseconds, rounded up.
 */
public final class BrpcTimeoutPolicer implements Policer {
  private static final long SAMPLING_NANOS = 100_000;
  private static final double FIRST_MEAN_NANOS = 500_000;

  private static final Parameter<Duration> TIMEOUT =
      Parameter.duration("timeout", "time budget of a request that has none")
          .defaultsTo(Duration.ofMillis(500));
  private static final Parameter<Integer> MOST_IN =
      Parameter.integer("max", "most in the gate, waiting or in flight", 1, 10_000_000)
          .defaultsTo(100);
  private static final Parameter<Duration> WINDOW =
      Parameter.duration("window", "over which the mean is taken")
          .defaultsTo(Duration.ofSeconds(1));
  private static final Parameter<Integer> LEAST =
      Parameter.integer("least", "samples that a window needs", 1, 1_000_000).defaultsTo(100);
  private static final Parameter<Integer> MOST =
      Parameter.integer("most", "samples that end a window early", 1, 1_000_000).defaultsTo(200);

  /** {@code brpc-timeout:timeout=500ms,max=100,window=1s,least=100,most=200}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "brpc-timeout",
              "closed while the mean time is longer than a request may take",
              "Apache bRPC TimeoutConcurrencyLimiter",
              spec ->
                  new BrpcTimeoutPolicer(
                      spec.get(TIMEOUT).toNanos(),
                      spec.get(MOST_IN),
                      spec.get(WINDOW).toNanos(),
                      spec.get(LEAST),
                      spec.get(MOST)),
              TIMEOUT,
              MOST_IN,
              WINDOW,
              LEAST,
              MOST)
          .ordered(List.of(LEAST, MOST))
          .tuned(
              target ->
                  List.of(
                      TIMEOUT.at(target.part(1)),
                      MOST_IN.at(target.mostInFlight()),
                      WINDOW.at(target.part(4)),
                      LEAST.at(10),
                      MOST.at(20)));

  private final long timeoutNanos;
  private final int mostIn;
  private final long windowNanos;
  private final int least;
  private final int most;

  private double meanNanos = FIRST_MEAN_NANOS;
  private boolean began;
  private long windowBeganNanos;
  private long sampledNanos;
  private int successes;
  private int drops;
  private double totalNanos;

  /** Open at first. Expects {@code least <= most}. */
  public BrpcTimeoutPolicer(long timeoutNanos, int mostIn, long windowNanos, int least, int most) {
    this.timeoutNanos = timeoutNanos;
    this.mostIn = mostIn;
    this.windowNanos = windowNanos;
    this.least = least;
    this.most = most;
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    int in = gate.inflight() + gate.waiting() + 1;
    long budget = ticket.budgetNanos();
    double allowed = budget < Ticket.NO_DEADLINE ? budget : timeoutNanos;
    return in == 1 || (in <= mostIn && meanNanos < allowed);
  }

  @Override
  public void completed(Ticket ticket) {
    long now = ticket.completedNanos();
    if (!began) {
      began = true;
      windowBeganNanos = now;
    } else if (now - sampledNanos < SAMPLING_NANOS) {
      return;
    }
    sampledNanos = now;
    totalNanos += ticket.waitedNanos() + ticket.elapsedNanos();
    if (ticket.outcome() == Outcome.SUCCESS) {
      successes++;
    } else {
      drops++;
    }
    boolean over = now - windowBeganNanos >= windowNanos;
    int samples = successes + drops;
    if (over ? samples >= least : samples >= most) {
      meanNanos = successes > 0 ? totalNanos / successes : 2 * meanNanos;
      over = true;
    }
    if (over) {
      windowBeganNanos = now;
      successes = 0;
      drops = 0;
      totalNanos = 0;
    }
  }
}
