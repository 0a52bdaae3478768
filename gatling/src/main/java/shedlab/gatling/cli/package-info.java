/** The command line: bench and report. */
@NullMarked
package shedlab.gatling.cli;

import org.jspecify.annotations.NullMarked;
