/**
 * The charts of a report, each kind in a file. They turn rows, cells and raw files into drawings of
 * {@code chart}, for the page and for the write-up.
 */
@NullMarked
package shedlab.report.figure;

import org.jspecify.annotations.NullMarked;
