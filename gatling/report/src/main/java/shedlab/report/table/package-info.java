/**
 * The tables of a report: every one a view of rows, cells or pairs, for the page and the write-up.
 */
@NullMarked
package shedlab.report.table;

import org.jspecify.annotations.NullMarked;
