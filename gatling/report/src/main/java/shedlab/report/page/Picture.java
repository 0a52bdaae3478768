package shedlab.report.page;

import shedlab.report.chart.Chart;
import shedlab.report.text.Prose;

/** A chart's files in Markdown: light and dark, chosen by the reader's theme. */
public final class Picture {
  private Picture() {}

  public static String of(Chart chart) {
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
