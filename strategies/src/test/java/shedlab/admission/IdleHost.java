package shedlab.admission;

import java.util.EnumSet;
import java.util.Set;

/** A host of one core that tells everything: it uses no CPU time, and its threads wake in time. */
final class IdleHost implements HostView {
  @Override
  public Set<Signal> tells() {
    return EnumSet.complementOf(EnumSet.of(Signal.LIMIT));
  }

  @Override
  public long wakeUps() {
    return System.nanoTime() / 1_000_000;
  }

  @Override
  public long lateNanos(long wakeUp) {
    return 0;
  }

  @Override
  public long cpuNanos() {
    return 0;
  }

  @Override
  public long deniedNanos() {
    return 0;
  }

  @Override
  public int cpus() {
    return 1;
  }
}
