/**
 * The load generator: one long-lived, warmed JVM that runs jobs with Gatling and records every
 * request itself. The only package that may use Gatling.
 *
 * <p>House rules: offered load is open (a request never waits for another); a response time counts
 * from the <em>intended</em> start; every intended request is counted exactly once; while load runs
 * nothing but the load allocates; nothing calls out to the internet.
 */
@NullMarked
package shedlab.injector;

import org.jspecify.annotations.NullMarked;
