/** Experiments as data, the plan they make, and the runner that carries it out cell by cell. */
@NullMarked
package shedlab.bench.experiment;

import org.jspecify.annotations.NullMarked;
