/**
 * What is read of a server from outside, in which turns, and how such readings compare: the CPU
 * time of its threads, what a load generator of the distribution counts, ratios over blocks.
 */
@NullMarked
package shedlab.bench.outside;

import org.jspecify.annotations.NullMarked;
