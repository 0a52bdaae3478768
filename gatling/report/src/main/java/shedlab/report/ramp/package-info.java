/** What the report says of a load that rises and falls again. */
@NullMarked
package shedlab.report.ramp;

import org.jspecify.annotations.NullMarked;
