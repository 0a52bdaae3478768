package shedlab.adapter;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import shedlab.admission.Admission;
import shedlab.admission.Outcome;
import shedlab.admission.Shed;
import shedlab.admission.Ticket;

/**
 * One request, from the gate to the end of its response. An adapter extends it and tells it what
 * the server tells, in any order, from any thread and more than once; a call leaves its gate once.
 */
public abstract class Call extends Ticket {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final int GATEWAY_TIMEOUT = 504;

  private enum State {
    /** The gate has not decided, and the thread that entered has not returned. */
    NEW,
    /** The gate has not decided, and no thread waits for it. */
    WAITING,
    /** Admitted while {@link #NEW}. */
    ADMITTED,
    /** Shed while {@link #NEW}. */
    SHED,
    /** Handed to the service. */
    SERVED,
    /** Refused, left, or abandoned. */
    ENDED
  }

  private final Admission admission;
  private final Attributes attributes;
  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

  /** A call that has not entered. */
  protected Call(ServiceGate gate, Headers headers) {
    admission = gate.admission();
    attributes = gate.attributes(headers);
  }

  /**
   * What an HTTP status tells a strategy. Below 400, the work was done. 429, 503 and 504 are taken
   * for overload behind the service. Everything else says nothing about load: a request that was
   * wrong, or a bug.
   */
  public static Outcome outcome(int status) {
    if (status < 400) {
      return Outcome.SUCCESS;
    }
    return status == TOO_MANY_REQUESTS || status == UNAVAILABLE || status == GATEWAY_TIMEOUT
        ? Outcome.DROPPED
        : Outcome.IGNORED;
  }

  /**
   * Asks the gate. True if it is admitted at once: then the caller serves it. Else it is refused,
   * or it waits, and {@link #resume} or {@link #refuse} follows.
   */
  public final boolean enter() {
    admission.enter(this);
    boolean undecided = state.get() == State.NEW;
    if (undecided) {
      parkOrEnd();
      if (state.compareAndSet(State.NEW, State.WAITING)) {
        return false;
      }
    }
    if (state.compareAndSet(State.ADMITTED, State.SERVED)) {
      if (undecided) {
        resumeOrEnd();
      }
      return !undecided;
    }
    if (state.compareAndSet(State.SHED, State.ENDED)) {
      refuseIfThere();
    }
    return false;
  }

  private void parkOrEnd() {
    try {
      park();
    } catch (RuntimeException e) {
      end(Outcome.IGNORED);
      throw e;
    }
  }

  /** The service begins to work on it. */
  public final void started() {
    admission.start(this);
  }

  /** The response has ended with this status. */
  public final void end(int status) {
    end(outcome(status));
  }

  /** The response has ended, or there will be none. */
  public final void end(Outcome outcome) {
    State before = state.getAndSet(State.ENDED);
    if (before == State.ADMITTED || before == State.SERVED) {
      admission.leave(this, outcome);
    } else if (before == State.NEW || before == State.WAITING) {
      abandon();
    }
  }

  /**
   * The client has left. True if the call was waiting: then nothing follows. If the service works
   * on it, nothing happens; its permit returns when the work ends.
   */
  public final boolean gone() {
    boolean waited = state.compareAndSet(State.WAITING, State.ENDED);
    if (waited) {
      abandon();
    }
    return waited;
  }

  /** The gate has not decided yet; the calling thread, which is the one that entered, returns. */
  protected void park() {}

  /**
   * After a wait it is admitted: hands it to a thread of the server and returns. An exception that
   * says that the server or the connection is closed returns the permit.
   *
   * @throws RejectedExecutionException if the server is closed
   * @throws IllegalStateException if the connection is
   */
  protected abstract void resume();

  /** Answers with 429 and {@code Retry-After}, and returns; on any thread. */
  protected abstract void refuse();

  /** {@link #resume}, after which its permit is either used or returned. */
  protected final void resumeOrEnd() {
    try {
      resume();
    } catch (RejectedExecutionException | IllegalStateException closed) {
      end(Outcome.IGNORED);
    }
  }

  private void refuseIfThere() {
    try {
      refuse();
    } catch (RejectedExecutionException | IllegalStateException closed) {
      // There is nobody left to answer.
    }
  }

  @Override
  protected final void onAdmitted() {
    if (state.compareAndSet(State.NEW, State.ADMITTED)) {
      return;
    }
    if (state.compareAndSet(State.WAITING, State.SERVED)) {
      resumeOrEnd();
    } else {
      admission.leave(this, Outcome.IGNORED); // its client left at the same time
    }
  }

  @Override
  protected final void onShed(Shed reason) {
    if (!state.compareAndSet(State.NEW, State.SHED)
        && state.compareAndSet(State.WAITING, State.ENDED)) {
      refuseIfThere();
    }
  }

  @Override
  public final int urgency() {
    return attributes.urgency();
  }

  @Override
  public final long budgetNanos() {
    return attributes.budgetNanos();
  }

  @Override
  public final long client() {
    return attributes.client();
  }

  @Override
  public final int kind() {
    return attributes.kind();
  }
}
