/**
 * The one chart engine: axes, panels, looks and colours, written as SVG. It knows nothing of runs;
 * the charts of a report are in {@code figure}. The same drawing stands in the page, where style
 * sheets colour it, and in the write-up's files, where the colours are written out.
 */
@NullMarked
package shedlab.report.chart;

import org.jspecify.annotations.NullMarked;
