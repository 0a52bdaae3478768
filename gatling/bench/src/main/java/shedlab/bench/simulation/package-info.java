/** An experiment in virtual time: the same plan and result files, without a server. */
@NullMarked
package shedlab.bench.simulation;

import org.jspecify.annotations.NullMarked;
