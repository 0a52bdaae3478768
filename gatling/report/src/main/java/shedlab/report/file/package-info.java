/** Reading the files of a run strictly: what is not as it should be is told with file and line. */
@NullMarked
package shedlab.report.file;

import org.jspecify.annotations.NullMarked;
