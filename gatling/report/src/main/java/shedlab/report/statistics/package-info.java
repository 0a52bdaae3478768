/** Arithmetic of samples: medians, intervals, power. Knows nothing of servers. */
@NullMarked
package shedlab.report.statistics;

import org.jspecify.annotations.NullMarked;
