/**
 * Where servers and the injector run: containers, or processes pinned with {@code taskset}. Both
 * start the same distributions with the same flags on the same CPUs.
 */
@NullMarked
package shedlab.bench.host;

import org.jspecify.annotations.NullMarked;
