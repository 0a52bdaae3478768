/** The machine a run is on: what it is, and what of it would spoil results. */
@NullMarked
package shedlab.bench.machine;

import org.jspecify.annotations.NullMarked;
