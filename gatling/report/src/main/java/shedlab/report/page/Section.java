package shedlab.report.page;

import java.util.List;
import java.util.Optional;
import shedlab.report.text.Prose;

/**
 * A section of the report: of the page, of the write-up, or of both.
 *
 * @param anchor the target of the page's links
 * @param menu its name in the page's contents
 * @param title what it found, or what it is about if there is no finding
 */
public record Section(String anchor, String menu, String title, List<Part> parts) {
  /** The anchor of the section that the page shows above everything else. */
  public static final String ANSWER = "answer";

  /** The longest finding that can be a title. */
  private static final int LONGEST_TITLE = 150;

  public static Optional<Section> of(String anchor, String menu, String title, Part... parts) {
    return Optional.of(new Section(anchor, menu, title, List.of(parts)));
  }

  /** A finding as the title if it is short enough; else another title. */
  public static String title(String sentence, String otherwise) {
    String title = sentence.strip().replaceFirst("\\.$", "");
    return title.isEmpty() || title.length() > LONGEST_TITLE ? otherwise : title;
  }

  /** For the page; empty if it has no part there. */
  public String page() {
    String text = Part.joined(parts, true);
    return text.isEmpty()
        ? ""
        : "<section id=\""
            + anchor
            + "\">\n"
            + take(text)
            + "<h2>"
            + Prose.html(title)
            + "</h2>\n"
            + text
            + "\n</section>\n";
  }

  /** What of it can be taken away, by the script. */
  private static String take(String html) {
    String svg =
        html.contains("<svg class=\"chart\"")
            ? button("svg", "SVG", "The charts that are shown")
            : "";
    String csv = html.contains("<table") ? button("csv", "CSV", "The figures of this section") : "";
    return svg.isEmpty() && csv.isEmpty() ? "" : "<div class=\"take\">" + svg + csv + "</div>\n";
  }

  private static String button(String kind, String name, String what) {
    return "<button type=\"button\" data-take=\""
        + kind
        + "\" title=\""
        + what
        + ", as a file\">"
        + name
        + "</button>";
  }

  /** For the write-up; empty if it has no part there. */
  public String writeUp() {
    String text = Part.joined(parts, false);
    return text.isEmpty() ? "" : "## " + title + "\n\n" + text + "\n";
  }
}
