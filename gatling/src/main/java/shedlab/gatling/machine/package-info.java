/** The machine a run is on: what it is, and what of it would spoil results. */
@NullMarked
package shedlab.gatling.machine;

import org.jspecify.annotations.NullMarked;
