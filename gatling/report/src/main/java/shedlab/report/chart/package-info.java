/**
 * The one chart engine: axes, panels, looks and colours, written as SVG. It does not depend on
 * runs; the charts of a report are in {@code figure}. The page and the write-up's files have the
 * same drawing: in the page style sheets colour it, in the files the colours are written out.
 */
@NullMarked
package shedlab.report.chart;

import org.jspecify.annotations.NullMarked;
