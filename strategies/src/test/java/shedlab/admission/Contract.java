package shedlab.admission;

/**
 * A set of tests that others extend. It makes a build fail that would otherwise find no test and
 * say that all is well: one whose runner does not know JUnit 5, such as the default of Maven 3.8.
 * Such a runner takes every public method without arguments whose name begins with {@code test} for
 * a test, if the class is public.
 */
public abstract class Contract {
  /** For tests in any package. */
  protected Contract() {}

  /** Fails. JUnit 5 does not take it for a test. */
  @SuppressWarnings("DoNotCallSuggester") // it is found by its name
  public final void testsNeedJUnit5() {
    throw new AssertionError(
        "test runner: without JUnit 5 (expected: maven-surefire-plugin 2.22 or later)");
  }
}
