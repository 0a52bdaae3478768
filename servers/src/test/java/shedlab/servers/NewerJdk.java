package shedlab.servers;

/** For tests that need a later JDK than the oldest that this project runs on. */
public final class NewerJdk {
  private NewerJdk() {}

  /** True if this is one. */
  public static boolean isHere() {
    return Runtime.version().feature() >= 21;
  }

  /**
   * Continues on a JDK with virtual threads; else prints that the test is not run, and skips it.
   */
  static void withVirtualThreads(String what) {
    needed("virtual threads, " + what, "this JDK has none");
  }

  /** Continues on one; else prints that the test is not run and why, and skips it. */
  public static void needed(String what, String why) {
    NotRun.unless(isHere(), what, why);
  }
}
