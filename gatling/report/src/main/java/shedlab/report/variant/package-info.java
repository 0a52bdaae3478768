/** What the report says of the variants of a run. */
@NullMarked
package shedlab.report.variant;

import org.jspecify.annotations.NullMarked;
