/**
 * Where servers and the injector run. Every host starts the same distributions with the same flags
 * on the same CPUs; here are the processes, pinned with {@code taskset}.
 */
@NullMarked
package shedlab.bench.host;

import org.jspecify.annotations.NullMarked;
