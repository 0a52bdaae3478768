package shedlab.servers;

import org.junit.jupiter.api.Assumptions;

/** For tests that need a later JDK than the oldest that this project runs on. */
final class NewerJdk {
  private NewerJdk() {}

  /**
   * Continues on a JDK with virtual threads; else prints that the test is not run, and skips it.
   */
  static void withVirtualThreads(String what) {
    if (Runtime.version().feature() < 21) {
      System.out.println("NOT RUN: virtual threads, " + what + ": this JDK has none");
      Assumptions.abort("this JDK has no virtual threads");
    }
  }
}
