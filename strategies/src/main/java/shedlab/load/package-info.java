/**
 * Offered load as data: when requests are meant to start and how much work each asks for. All of it
 * follows from a profile and a seed, so that the simulator and the load generator, and every
 * strategy, meet the same requests at the same times.
 */
@NullMarked
package shedlab.load;

import org.jspecify.annotations.NullMarked;
