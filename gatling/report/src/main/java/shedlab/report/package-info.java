/**
 * The page and the write-up of a run, made from its files alone: the same files give the same
 * bytes. Nothing here depends on the clock, on the machine, or on how the figures were measured.
 */
@NullMarked
package shedlab.report;

import org.jspecify.annotations.NullMarked;
