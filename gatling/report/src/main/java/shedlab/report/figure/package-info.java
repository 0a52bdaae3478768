/**
 * The charts of a report, each kind in a file: of rows, cells and raw files they make what {@code
 * chart} draws, for the page and for the write-up alike.
 */
@NullMarked
package shedlab.report.figure;

import org.jspecify.annotations.NullMarked;
