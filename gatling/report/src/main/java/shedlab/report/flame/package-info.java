/**
 * Flame graphs: sampled stacks with their weights as a text file, and the same as one page that
 * loads nothing.
 */
@NullMarked
package shedlab.report.flame;

import org.jspecify.annotations.NullMarked;
