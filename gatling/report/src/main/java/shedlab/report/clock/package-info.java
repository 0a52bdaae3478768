/** How clocks of two processes or machines differ, and how sure that is. */
@NullMarked
package shedlab.report.clock;

import org.jspecify.annotations.NullMarked;
