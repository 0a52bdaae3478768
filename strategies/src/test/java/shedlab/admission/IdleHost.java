package shedlab.admission;

/** A host of one core that uses no CPU time, and is denied none. */
final class IdleHost implements HostView {
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
