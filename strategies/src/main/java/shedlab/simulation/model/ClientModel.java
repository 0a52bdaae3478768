package shedlab.simulation.model;

import java.time.Duration;
import shedlab.spec.SpecException;

/**
 * How clients behave.
 *
 * @param timeout when a client gives up a try, counted from its start; {@link #NEVER} for a patient
 *     one
 * @param cancels whether the client then closes its connection: a request that still waits is then
 *     no longer admitted. Admitted work is done in any case
 * @param tellsDeadline whether a request carries its deadline
 * @param retry what follows a refusal or a timeout
 */
public record ClientModel(Duration timeout, boolean cancels, boolean tellsDeadline, Retry retry) {
  /** No timeout. */
  public static final Duration NEVER = Duration.ofDays(10_000);

  /** Waits for ever and never tries again. */
  public static final ClientModel PATIENT = new ClientModel(NEVER, false, false, Retry.NONE);

  /** Throws {@link shedlab.spec.SpecException} unless the timeout is above zero. */
  public ClientModel {
    SpecException.check(timeout.toNanos() > 0, "timeout", timeout, "above zero");
  }

  /** Gives up after this time, without closing its connection. */
  public static ClientModel impatient(Duration timeout) {
    return new ClientModel(timeout, false, false, Retry.NONE);
  }

  /** The same, closing its connection when it gives up. */
  public ClientModel cancelling() {
    return new ClientModel(timeout, true, tellsDeadline, retry);
  }

  /** The same, sending its deadline. */
  public ClientModel tellingDeadline() {
    return new ClientModel(timeout, cancels, true, retry);
  }

  /** The same with these retries. */
  public ClientModel retrying(Retry policy) {
    return new ClientModel(timeout, cancels, tellsDeadline, policy);
  }
}
