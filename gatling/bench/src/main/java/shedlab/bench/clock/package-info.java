/** Asks the clocks of other processes and machines. */
@NullMarked
package shedlab.bench.clock;

import org.jspecify.annotations.NullMarked;
