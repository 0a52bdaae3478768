/** Finds the greatest load that keeps an objective, for a server under a strategy. */
@NullMarked
package shedlab.bench.capacity;

import org.jspecify.annotations.NullMarked;
