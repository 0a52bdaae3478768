/** The raw files of a cell and the records in them, with one writer and one reader each. */
@NullMarked
package shedlab.report.raw;

import org.jspecify.annotations.NullMarked;
