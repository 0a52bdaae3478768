package shedlab.servers;

import org.junit.jupiter.api.Assumptions;

/** For tests of what not every machine has. */
final class NotRun {
  private NotRun() {}

  /** Continues if it is there; else prints that the test is not run and why, and skips it. */
  static void unless(boolean there, String what, String why) {
    if (!there) {
      System.out.println("NOT RUN: " + what + ": " + why);
      Assumptions.abort(why);
    }
  }
}
