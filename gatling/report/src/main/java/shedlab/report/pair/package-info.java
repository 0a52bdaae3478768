/** Comparisons of conditions that were measured side by side, block by block. */
@NullMarked
package shedlab.report.pair;

import org.jspecify.annotations.NullMarked;
