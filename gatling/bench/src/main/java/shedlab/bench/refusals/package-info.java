/**
 * What a 429 costs: servers that refuse everything, saturated by a closed loop, each beside its own
 * cheapest 200 and beside a server without a JVM.
 */
@NullMarked
package shedlab.bench.refusals;

import org.jspecify.annotations.NullMarked;
