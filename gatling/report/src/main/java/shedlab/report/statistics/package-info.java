/** Statistics of samples: medians, intervals, power. Does not depend on runs or servers. */
@NullMarked
package shedlab.report.statistics;

import org.jspecify.annotations.NullMarked;
