package shedlab.admission;

/** What a {@link Policer} cannot decide without. A gate that lacks it refuses to be built. */
public enum Signal {
  /** The host's CPU time: {@link HostView#cpuNanos} and what belongs to it. */
  CPU("a host that tells its CPU time"),
  /** The CPU time of each request: {@link Sample#cpuNanos}. */
  REQUEST_CPU("a host that tells the CPU time of each request"),
  /** When the work of each request starts, and so {@link GateView#runnable}. */
  RUNNABLE("a host that tells when the work of each request starts"),
  /** How late a thread of the host wakes: {@link HostView#lateNanos}. */
  WAKE_UPS("a host that tells how late a thread wakes"),
  /** A limit of permits: any but one that is always {@link Limit#MAX}. */
  LIMIT("a limit behind it");

  private final String meaning;

  Signal(String meaning) {
    this.meaning = meaning;
  }

  /** What must be there, for the message. */
  @Override
  public String toString() {
    return meaning;
  }
}
