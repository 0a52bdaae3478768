/**
 * Where CPU time went, by sampled stacks: how the flight recording of a JVM is read, and the flame
 * graph of a cell.
 */
@NullMarked
package shedlab.bench.profile;

import org.jspecify.annotations.NullMarked;
