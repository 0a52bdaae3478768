/** The command line: bench and report. */
@NullMarked
package shedlab.bench.cli;

import org.jspecify.annotations.NullMarked;
