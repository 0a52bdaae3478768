package shedlab.report.result;

/** One check of a cell's validity: the measured value, the required bound, and whether it held. */
public record Check(String name, String value, String bound, boolean ok) {
  /** The share of the server's CPU time that the hypervisor took. */
  public static final String STEAL = "steal";
}
