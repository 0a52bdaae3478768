/**
 * Queueing theory that predicts results; formulas that only tests need are in the tests. All times
 * are in the same unit, whichever it is. {@code erlangs} is offered work: arrivals per unit of time
 * multiplied by the mean service time on an idle core.
 */
@NullMarked
package shedlab.simulation.theory;

import org.jspecify.annotations.NullMarked;
