/** Queueing theory: what a strategy must do, from first principles. */
@NullMarked
package shedlab.simulation;

import org.jspecify.annotations.NullMarked;
