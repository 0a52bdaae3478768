package shedlab.report.section;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import shedlab.report.chart.Panel;
import shedlab.report.page.Choices;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.raw.RawCell;
import shedlab.report.result.CellResult;
import shedlab.report.text.Prose;

/** The time series of any single run: only on the page. */
public final class CourseSection {
  private static final String WITHOUT =
      "The time series of the runs are not beside this page. Made again from a complete folder, the"
          + " page draws them here.";

  private CourseSection() {}

  static Optional<Section> of(Subject run) {
    return Section.of(
        "course",
        "Timelines",
        "The course of a run",
        run.courses.panels().isEmpty()
            ? new Part("<div id=\"courses\" class=\"panels\"></div>", "")
            : new Choices(run).runs(),
        run.courses.panels().isEmpty() ? Part.small(WITHOUT).onPage() : courses(run),
        Part.small("One clock for client and server. A point in a chart above leads here, too.")
            .onPage(),
        Part.folded("The figures: means inside the server", Part.table(run.tables.inside()))
            .onPage());
  }

  /** The first course is visible; all are inert and are shown when chosen. */
  private static Part courses(Subject run) {
    var html = new StringBuilder("<div id=\"courses\" class=\"panels\">\n");
    for (Map.Entry<CellResult, Panel> course : run.courses.panels().entrySet()) {
      CellResult cell = course.getKey();
      boolean first = cell.equals(run.courses.first());
      String mark = " data-cell=\"" + run.cells.indexOf(cell) + "\"";
      html.append(first ? "" : "<template" + mark + ">").append("<div class=\"course\"");
      html.append(mark).append(">").append(course.getValue().html());
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
