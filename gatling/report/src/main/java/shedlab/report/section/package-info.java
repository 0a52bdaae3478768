/** The sections of a report, each in a file of its own, and the list of them. */
@NullMarked
package shedlab.report.section;

import org.jspecify.annotations.NullMarked;
