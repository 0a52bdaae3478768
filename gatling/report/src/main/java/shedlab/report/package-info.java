/**
 * The page and the write-up of a run, made from its files alone: the same files give the same
 * bytes. Nothing here knows the clock, the machine, or how the figures came about.
 */
@NullMarked
package shedlab.report;

import org.jspecify.annotations.NullMarked;
