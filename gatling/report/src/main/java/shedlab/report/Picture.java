package shedlab.report;

import shedlab.report.chart.Chart;
import shedlab.report.text.Prose;

/** A chart's files in Markdown: the dark one for readers whose screen is dark. */
final class Picture {
  private Picture() {}

  static String of(Chart chart) {
    String file = "charts/" + chart.name();
    return "<picture>\n  <source media=\"(prefers-color-scheme: dark)\" srcset=\""
        + file
        + "-dark.svg\">\n  <img alt=\""
        + Prose.escape(chart.alt())
        + "\" src=\""
        + file
        + "-light.svg\">\n</picture>";
  }
}
