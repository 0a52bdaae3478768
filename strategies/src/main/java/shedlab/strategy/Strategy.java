package shedlab.strategy;

import shedlab.admission.Admission;
import shedlab.admission.CpuClock;
import shedlab.admission.DryRun;
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
   * A new admission with this strategy, for a host that does not report its CPU time.
   *
   * @throws shedlab.spec.SpecException if a piece of it needs the CPU time
   */
  public Admission admission(NanoClock clock) {
    return admission(clock, CpuClock.NONE);
  }

  /**
   * A new admission with this strategy.
   *
   * @param cpu of the host, such as {@code new ProcessCpuClock()}; it serves one admission
   * @throws shedlab.spec.SpecException if a piece of it needs the CPU time and {@code cpu} is
   *     {@link CpuClock#NONE}
   */
  public Admission admission(NanoClock clock, CpuClock cpu) {
    return whole.admission(clock, cpu);
  }

  /**
   * A new admission that decides and counts with this strategy, but lets everybody in.
   *
   * @param cpu as for {@link #admission(NanoClock, CpuClock)}
   * @throws shedlab.spec.SpecException as {@link #admission(NanoClock, CpuClock)}
   */
  public DryRun dryRun(NanoClock clock, CpuClock cpu) {
    return new DryRun(told -> whole.admission(told, cpu), clock);
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
