/**
 * Queueing theory that predicts results; formulas that only tests need are in the tests. Times are
 * in any unit as long as it is one; {@code erlangs} is offered work: arrivals per unit of time
 * times mean service time on a core of its own.
 */
@NullMarked
package shedlab.simulation.theory;

import org.jspecify.annotations.NullMarked;
