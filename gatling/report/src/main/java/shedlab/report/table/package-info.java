/** The tables of a report. Each shows rows, cells or pairs, on the page and in the write-up. */
@NullMarked
package shedlab.report.table;

import org.jspecify.annotations.NullMarked;
