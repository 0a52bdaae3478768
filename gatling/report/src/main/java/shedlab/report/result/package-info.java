/** The records in the files of a run. Each file has the version of its format. */
@NullMarked
package shedlab.report.result;

import org.jspecify.annotations.NullMarked;
