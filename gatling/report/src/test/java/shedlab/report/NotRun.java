package shedlab.report;

import org.junit.jupiter.api.Assumptions;

/**
 * For tests that need something of the machine: never left out in silence, never left out in CI.
 */
public final class NotRun {
  private NotRun() {}

  /**
   * Goes on if it is possible; else prints why not and leaves the test out, or fails it where the
   * environment requires it.
   *
   * @param requiredBy a variable that is {@code true} where the test must run
   */
  public static void unless(boolean possible, String requiredBy, String why) {
    if (possible) {
      return;
    }
    if (Boolean.parseBoolean(System.getenv(requiredBy))) {
      throw new AssertionError(why + " (" + requiredBy + "=true)");
    }
    System.out.println("NOT RUN: " + why);
    Assumptions.abort(why);
  }
}
