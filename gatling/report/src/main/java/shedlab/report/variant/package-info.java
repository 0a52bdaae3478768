/** What the report says of a run that asks what its variants change, not which strategy is best. */
@NullMarked
package shedlab.report.variant;

import org.jspecify.annotations.NullMarked;
