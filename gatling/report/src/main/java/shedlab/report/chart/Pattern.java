package shedlab.report.chart;

/** Patterns for fills whose colours might not be distinguishable. */
public enum Pattern {
  LATE("late"),
  TIMEOUT("timeout"),
  OTHER("other");

  private final String css;

  Pattern(String css) {
    this.css = css;
  }

  /** The class of an element that is filled with it, on top of the coloured one. */
  public String fill() {
    return "p-" + css;
  }

  /** The definitions that the classes refer to; once in a page. */
  public static String definitions() {
    return """
    <defs>
    <pattern id="p-late" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
    <rect class="ink-late" width="1.6" height="5"/></pattern>
    <pattern id="p-timeout" width="4" height="4" patternUnits="userSpaceOnUse">\
    <path class="ink-timeout" d="M0 0L4 4M4 0L0 4"/></pattern>
    <pattern id="p-other" width="4" height="4" patternUnits="userSpaceOnUse">\
    <circle class="ink-other" cx="2" cy="2" r="1"/></pattern>
    </defs>
    """;
  }
}
