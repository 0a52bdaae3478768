package shedlab.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import shedlab.admission.Gate;
import shedlab.admission.NanoClock;
import shedlab.admission.Outcome;
import shedlab.admission.Shed;
import shedlab.admission.Ticket;
import shedlab.strategy.Strategies;

/**
 * The cost of one decision of our gate. {@link PeerBenchmark} measures the same for other
 * libraries.
 *
 * <p><b>Measured.</b> {@code admitAndLeave}: a request arrives, is admitted at once, and its permit
 * is returned; there is room for all. {@code refusal}: a request arrives while every permit (and
 * every place to wait) is taken. Both as a server would call them, clock readings and counters
 * included. Each is measured with one thread, and with two that share one gate.
 *
 * <p><b>Not measured.</b> The work, the hand-off to a worker and the response, because there is no
 * server. Nor how long a request waits, nor whether the decision was a good one. The callbacks are
 * empty.
 *
 * <p>Tickets are allocated once and reused, as a server's own request object would carry them, so
 * what {@code -prof gc} shows is what the decision allocates.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 130, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 70, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class DecisionBenchmark {

  /** One gate with room for all, shared by all threads. */
  @State(Scope.Benchmark)
  public static class OpenGate {
    /** The strategy. */
    @Param({
      "fixed:limit=20",
      "aimd",
      "vegas",
      "gradient2",
      "fixed:limit=20+fifo:capacity=16",
      "aimd+fifo:capacity=16",
      "vegas+fifo:capacity=16",
      "gradient2+fifo:capacity=16",
      "on-time:cores=20"
    })
    public String strategy = "";

    Gate gate = gate("none");

    /** A fresh gate. */
    @Setup
    public void open() {
      gate = gate(strategy);
    }
  }

  /** A gate whose clock stands still, to show the cost of measuring time. */
  @State(Scope.Benchmark)
  public static class UntimedGate {
    final Gate gate = gate("fixed:limit=20", () -> 0);
  }

  /** One gate without any free permit or place to wait. */
  @State(Scope.Benchmark)
  public static class ClosedGate {
    /** The strategy. A refusal does not depend on how the limit learns, but on a full backlog. */
    @Param({
      "fixed:limit=20",
      "aimd",
      "vegas",
      "gradient2",
      "fixed:limit=20+fifo:capacity=16,timeout=1000min"
    })
    public String strategy = "";

    Gate gate = gate("none");

    /** A fresh gate, filled up. */
    @Setup
    public void fill() {
      gate = gate(strategy);
      while (gate.stats().shedTotal() == 0) {
        gate.enter(new Request());
      }
    }
  }

  /** A thread's own requests, reused in turn. */
  @State(Scope.Thread)
  public static class Requests {
    private final Request[] requests = new Request[8];
    private int turn;

    /** Fresh requests: a ticket belongs to one gate. */
    @Setup
    public void allocate() {
      for (int i = 0; i < requests.length; i++) {
        requests[i] = new Request();
      }
    }

    /**
     * A request that may enter. With a limit that learns, another thread may finish a leave shortly
     * after the call has returned. With eight requests in turn, waiting for that is rare, and it is
     * part of the cost.
     */
    @SuppressWarnings("ThreadPriorityCheck") // the other thread may need this core to get there
    Request next() {
      Request request = requests[turn++ & 7];
      while (!request.settled()) {
        Thread.yield();
      }
      return request;
    }
  }

  static final class Request extends Ticket {
    private boolean admitted;

    @Override
    protected void onAdmitted() {
      admitted = true;
    }

    @Override
    protected void onShed(Shed reason) {
      admitted = false;
    }
  }

  /** Admitted at once, then leaves. Two clock readings: admitted when, completed when. */
  @Benchmark
  public boolean admitAndLeave(OpenGate open, Requests requests) {
    return admitAndLeave(open.gate, requests);
  }

  /** The same with a clock that stands still; everything else is unchanged. */
  @Benchmark
  public boolean untimed(UntimedGate open, Requests requests) {
    return admitAndLeave(open.gate, requests);
  }

  /** Refused with a reason, and counted by reason. */
  @Benchmark
  public boolean refusal(ClosedGate closed, Requests requests) {
    Request request = requests.next();
    closed.gate.enter(request);
    return request.admitted;
  }

  private static boolean admitAndLeave(Gate gate, Requests requests) {
    Request request = requests.next();
    gate.enter(request);
    gate.leave(request, Outcome.SUCCESS);
    return request.admitted;
  }

  private static Gate gate(String strategy) {
    return gate(strategy, NanoClock.SYSTEM);
  }

  private static Gate gate(String strategy, NanoClock clock) {
    return (Gate) Strategies.builtIn().parse(strategy).admission(clock);
  }
}
