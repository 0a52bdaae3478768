/** Experiments as data, and the plan of cells that they make. */
@NullMarked
package shedlab.bench.experiment;

import org.jspecify.annotations.NullMarked;
