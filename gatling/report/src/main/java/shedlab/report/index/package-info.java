/** All runs of a folder on one page. */
@NullMarked
package shedlab.report.index;

import org.jspecify.annotations.NullMarked;
