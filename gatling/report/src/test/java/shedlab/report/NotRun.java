package shedlab.report;

import org.junit.jupiter.api.Assumptions;

/**
 * For tests that need something from the machine: they are never skipped silently, and never in CI.
 */
public final class NotRun {
  private NotRun() {}

  /**
   * Continues if the test can run; else prints why not and skips the test, or fails it if the
   * environment requires the test.
   *
   * @param requiredBy the environment variable that is {@code true} if the test must run
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
