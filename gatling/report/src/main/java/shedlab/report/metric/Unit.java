package shedlab.report.metric;

/** The unit of a figure. */
public enum Unit {
  NONE(""),
  /** From 0 to 1. */
  SHARE("share"),
  /** A multiple of the server's capacity. */
  CAPACITY("capacity"),
  PER_SECOND("1/s"),
  MICROS("µs"),
  MILLIS("ms"),
  SECONDS("s"),
  REQUESTS("requests"),
  CELLS("cells"),
  BLOCKS("blocks"),
  /** 1 for yes, 0 for no. */
  YES_NO("yes, no");

  private final String title;

  Unit(String title) {
    this.title = title;
  }

  /** Its name in the data dictionary. */
  public String title() {
    return title;
  }
}
