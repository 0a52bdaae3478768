/** What a run leaves behind: the records of its files. Each carries the version of its format. */
@NullMarked
package shedlab.report.result;

import org.jspecify.annotations.NullMarked;
