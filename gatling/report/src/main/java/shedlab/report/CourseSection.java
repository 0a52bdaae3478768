package shedlab.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Panel;
import shedlab.report.figure.CourseChart;
import shedlab.report.raw.RawCell;
import shedlab.report.result.CellResult;
import shedlab.report.text.Prose;

/** How a run went from moment to moment: means of its runs, and on the page any one of them. */
final class CourseSection {
  private static final String WITHOUT =
      "The time series of the runs are not beside this page. Made again from a complete folder, the"
          + " page draws them here.";

  private CourseSection() {}

  static Optional<Section> of(Subject run) {
    Chart means;
    try {
      means = CourseChart.of(run.data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Part caption =
        Part.small(
            "Goodput (200s within "
                + run.plan.load().deadlineMillis()
                + " ms of the intended start, per second) over the course of a run, in % of the"
                + " capacity: means of the valid runs in steps of half a second. Dotted: what was"
                + " offered.");
    return Section.of(
        "course",
        "Timelines",
        "The course of a run",
        means.isEmpty() ? Part.NOTHING : run.chart(means, "No time series.", means.views()),
        means.isEmpty() ? Part.NOTHING : caption,
        run.courses.panels().isEmpty()
            ? new Part("<div id=\"courses\" class=\"panels\"></div>", "")
            : new Choices(run).runs(),
        run.courses.panels().isEmpty() ? Part.small(WITHOUT).onPage() : courses(run),
        Part.small("One clock for client and server. A point in a chart above leads here, too.")
            .onPage(),
        Part.folded("The figures: means inside the server", Part.table(run.tables.inside()))
            .onPage());
  }

  /** The first that a reader sees, and all inert, to be shown when chosen. */
  private static Part courses(Subject run) {
    var html = new StringBuilder("<div id=\"courses\" class=\"panels\">\n");
    for (Map.Entry<CellResult, Panel> course : run.courses.panels().entrySet()) {
      CellResult cell = course.getKey();
      boolean first = cell.equals(run.courses.first());
      html.append(first ? "" : "<template>").append("<div class=\"course\" data-cell=\"");
      html.append(run.cells.indexOf(cell)).append("\">").append(course.getValue().html());
      html.append("<p class=\"note-text\">").append(files(run, cell)).append("</p></div>");
      html.append(first ? "\n" : "</template>\n");
    }
    return new Part(html.append("</div>").toString(), "");
  }

  private static String files(Subject run, CellResult cell) {
    String id = cell.key().id();
    return new RawCell(run.run.cellFolder(id))
        .files().stream()
            .map(
                file ->
                    "<a href=\"cells/"
                        + Prose.escape(id.replace("+", "%2B"))
                        + "/"
                        + file
                        + "\">"
                        + file
                        + "</a>")
            .collect(Collectors.joining(" · "));
  }
}
