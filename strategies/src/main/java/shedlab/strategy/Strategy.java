package shedlab.strategy;

import shedlab.admission.Admission;
import shedlab.admission.DryRun;
import shedlab.admission.HostView;
import shedlab.admission.NanoClock;

/** An admission strategy: its canonical text, and a factory of admissions. Immutable. */
public final class Strategy {
  private final String text;
  private final Composition composition;
  private final Whole whole;

  Strategy(String text, Composition composition, Whole whole) {
    this.text = text;
    this.composition = composition;
    this.whole = whole;
  }

  /** What it is made of, and what is known of that. */
  public Composition composition() {
    return composition;
  }

  /**
   * A new admission with this strategy, for a host that tells nothing of itself.
   *
   * @throws shedlab.spec.SpecException if a piece of it needs to know something of the host
   */
  public Admission admission(NanoClock clock) {
    return admission(clock, HostView.NONE);
  }

  /**
   * A new admission with this strategy.
   *
   * @param host such as {@code new ProcessView()}; it serves one admission
   * @throws shedlab.spec.SpecException if a piece of it needs what {@code host} does not tell
   */
  public Admission admission(NanoClock clock, HostView host) {
    return whole.admission(clock, host);
  }

  /**
   * A new admission that decides and counts with this strategy, but lets everybody in.
   *
   * @param host as for {@link #admission(NanoClock, HostView)}
   * @throws shedlab.spec.SpecException as {@link #admission(NanoClock, HostView)}
   */
  public DryRun dryRun(NanoClock clock, HostView host) {
    return new DryRun(told -> whole.admission(told, host), clock);
  }

  /** The canonical text, every default written out; {@link Strategies#parse} reads it back. */
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Strategy that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
