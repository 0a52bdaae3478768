package shedlab.report.league;

import java.util.Locale;

/**
 * A strategy of the league.
 *
 * @param name in tables: the name of its algorithm, and what was set
 * @param template its text, in which {@code ${cpus}}, {@code ${workers}}, {@code ${deadline}} and
 *     {@code ${capacity}} stand for what a situation has
 */
public record Contender(String name, Kind kind, String template) {
  /** Where its settings come from; each kind is ranked by itself. */
  public enum Kind {
    /** The library's own defaults. */
    DEFAULT,
    /** Computed from a deadline and a number of cores. */
    TUNED,
    /** Knows what no strategy can know; is not ranked. */
    REFERENCE;

    /** The word in files and tables. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
