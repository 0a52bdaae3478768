package shedlab.adapter;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import shedlab.admission.Admission;
import shedlab.admission.NanoClock;
import shedlab.admission.Signal;
import shedlab.host.ProcessView;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategies;

/**
 * The gate in front of one service: its admission, a heartbeat that lets waiting requests expire,
 * and what a refusal tells the client. Several adapters may share it if they lead to the same
 * service. Thread-safe. Close it after the server.
 */
public final class ServiceGate implements AutoCloseable {
  private static final int RETRY_AFTER_SECONDS = 1;
  private static final long TICK_MILLIS = 5;

  private final Admission admission;
  private final String retryAfter;
  private final Attributes.Reader reader;
  private final ScheduledThreadPoolExecutor heartbeat;

  /**
   * A gate with any admission.
   *
   * @param retryAfterSeconds when a client that was refused may try again
   * @param reader what a request says of itself; {@code headers -> Attributes.NONE} if nothing
   * @throws SpecException if the time is negative
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the heartbeat ends with its thread
  public ServiceGate(Admission admission, int retryAfterSeconds, Attributes.Reader reader) {
    SpecException.check(
        retryAfterSeconds >= 0, "retry-after", retryAfterSeconds, "0 or more seconds");
    this.admission = admission;
    this.retryAfter = Integer.toString(retryAfterSeconds);
    this.reader = reader;
    this.heartbeat = new ScheduledThreadPoolExecutor(1, ServiceGate::daemon);
    heartbeat.scheduleWithFixedDelay(
        admission::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * A gate with this strategy. Its refusals say {@code Retry-After: 1}; requests say nothing of
   * themselves.
   *
   * @throws SpecException if the text is not a strategy
   */
  public static ServiceGate of(String strategy) {
    return new ServiceGate(
        Strategies.installed()
            .parse(strategy)
            .admission(NanoClock.SYSTEM, new ProcessView(Signal.RUNNABLE)),
        RETRY_AFTER_SECONDS,
        headers -> Attributes.NONE);
  }

  /**
   * The same, but it only decides and counts, and lets everybody in: see {@link
   * shedlab.admission.DryRun}.
   *
   * @throws SpecException if the text is not a strategy
   */
  public static ServiceGate dryRun(String strategy) {
    return new ServiceGate(
        Strategies.installed().parse(strategy).dryRun(NanoClock.SYSTEM, new ProcessView()),
        RETRY_AFTER_SECONDS,
        headers -> Attributes.NONE);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "shedlab-heartbeat");
    thread.setDaemon(true);
    return thread;
  }

  /** What decides and counts. */
  public Admission admission() {
    return admission;
  }

  /** The value of the field {@code Retry-After} of a refusal. */
  public String retryAfter() {
    return retryAfter;
  }

  Attributes attributes(Headers headers) {
    return reader.read(headers);
  }

  /** Ends the heartbeat; requests that still wait then expire late. */
  @Override
  public void close() {
    heartbeat.shutdownNow();
  }
}
