package shedlab.limit;

import shedlab.admission.Outcome;
import shedlab.admission.Sample;

/** Applies {@link Drops} to one sample after the other. Sequential. */
final class DropRule {
  private final Drops drops;
  private boolean hasCut;
  private long lastCutNanos;

  DropRule(Drops drops) {
    this.drops = drops;
  }

  /** False if its time is no service time. */
  boolean isSample(Sample sample) {
    return drops != Drops.INCIDENT || sample.outcome() == Outcome.SUCCESS;
  }

  /** True if it cuts the limit. Ask once for each sample. */
  boolean cuts(Sample sample) {
    if (sample.outcome() != Outcome.DROPPED || drops == Drops.IGNORED) {
      return false;
    }
    if (drops == Drops.INCIDENT) {
      long admittedNanos = sample.completedNanos() - sample.elapsedNanos();
      if (hasCut && admittedNanos - lastCutNanos < 0) {
        return false;
      }
      hasCut = true;
      lastCutNanos = sample.completedNanos();
    }
    return true;
  }
}
