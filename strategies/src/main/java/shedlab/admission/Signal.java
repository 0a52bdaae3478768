package shedlab.admission;

/** What a {@link Policer} cannot decide without. A gate that lacks it refuses to be built. */
public enum Signal {
  /** The host's CPU time: any {@link CpuClock} but {@link CpuClock#NONE}. */
  CPU("the host's CPU time, from a CpuClock"),
  /** A limit of permits: any but one that is always {@link Limit#MAX}. */
  LIMIT("a limit behind it");

  private final String meaning;

  Signal(String meaning) {
    this.meaning = meaning;
  }

  /** What it is, for the message. */
  @Override
  public String toString() {
    return meaning;
  }
}
