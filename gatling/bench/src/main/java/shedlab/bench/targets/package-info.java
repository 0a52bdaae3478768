/**
 * Servers that are not ours, in any language: what is known of one, how it is built, started and
 * watched from outside. Everything else sees a {@link shedlab.bench.host.RunningServer}.
 */
@NullMarked
package shedlab.bench.targets;

import org.jspecify.annotations.NullMarked;
