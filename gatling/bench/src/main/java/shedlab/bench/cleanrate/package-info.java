/**
 * How many requests a second load generators send on time, how that grows with their number, and
 * what a request costs them: the command {@code clean-rate}.
 */
@NullMarked
package shedlab.bench.cleanrate;

import org.jspecify.annotations.NullMarked;
