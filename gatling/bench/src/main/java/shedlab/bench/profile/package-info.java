/**
 * Where the CPU time of a server went, by sampled stacks: what its JVM records, how the recording
 * is read, and the flame graph of a cell.
 */
@NullMarked
package shedlab.bench.profile;

import org.jspecify.annotations.NullMarked;
