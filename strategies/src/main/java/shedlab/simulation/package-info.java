/** A discrete-event simulator that runs the production gate in virtual time. */
@NullMarked
package shedlab.simulation;

import org.jspecify.annotations.NullMarked;
