/** What a simulated run found. */
@NullMarked
package shedlab.simulation.result;

import org.jspecify.annotations.NullMarked;
