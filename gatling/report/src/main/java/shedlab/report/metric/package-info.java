/**
 * The figures of a run: {@link shedlab.report.metric.Metric} has an entry for each figure of the
 * summary, from which the files, the tables, the page's data and the data dictionary are made.
 */
@NullMarked
package shedlab.report.metric;

import org.jspecify.annotations.NullMarked;
