/**
 * The league: every strategy in every situation of the simulator, in parallel, and only what
 * changed since the last time.
 */
@NullMarked
package shedlab.bench.league;

import org.jspecify.annotations.NullMarked;
