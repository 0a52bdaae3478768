/** The command line: one class for each command, and what a user is told. */
@NullMarked
package shedlab.bench.cli;

import org.jspecify.annotations.NullMarked;
