/** The raw files of a cell and the records in them: what one side writes and the other reads. */
@NullMarked
package shedlab.report.raw;

import org.jspecify.annotations.NullMarked;
