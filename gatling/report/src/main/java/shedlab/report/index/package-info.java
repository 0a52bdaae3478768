/** All runs of a folder on one page, by question, with what they found over time. */
@NullMarked
package shedlab.report.index;

import org.jspecify.annotations.NullMarked;
