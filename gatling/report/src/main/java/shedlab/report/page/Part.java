package shedlab.report.page;

import java.util.List;
import java.util.stream.Collectors;
import shedlab.report.chart.Chart;
import shedlab.report.pack.Shelf;
import shedlab.report.table.Table;
import shedlab.report.text.Prose;

/**
 * A piece of a section, on the page and in the write-up; empty for one of them if only the other
 * has it.
 *
 * @param page HTML
 * @param writeUp Markdown
 */
public record Part(String page, String writeUp) {
  public static final Part NOTHING = new Part("", "");

  /** The same on the page alone. */
  public Part onPage() {
    return new Part(page, "");
  }

  /** The same in the write-up alone. */
  public Part inWriteUp() {
    return new Part("", writeUp);
  }

  /** A paragraph; nothing if it is empty. */
  public static Part text(String text) {
    return text.isBlank()
        ? NOTHING
        : new Part("<p class=\"lead\">" + Prose.html(text.strip()) + "</p>", text.strip());
  }

  /** The caption of a chart or a table; nothing if it is empty. */
  public static Part small(String text) {
    String one = text.strip();
    return one.isEmpty()
        ? NOTHING
        : new Part("<p class=\"note-text\">" + Prose.html(one) + "</p>", "*" + one + "*");
  }

  /** What the colours of a chart mean; its files have it themselves. */
  public static Part legend(List<Chart.Key> keys) {
    return new Part(
        keys.stream()
            .map(
                key ->
                    "<span><svg class=\"key\" viewBox=\"0 0 24 12\" aria-hidden=\"true\">"
                        + key.swatch().replace("\n", "")
                        + "</svg>"
                        + Prose.html(key.name())
                        + "</span>")
            .collect(Collectors.joining(" ", "<p class=\"legend\">", "</p>")),
        "");
  }

  /** A heading within a section. */
  public static Part heading(String text) {
    return new Part("<h3>" + Prose.html(text) + "</h3>", "### " + text);
  }

  /** A table; nothing if it has no rows. */
  public static Part table(Table table) {
    return table.rows().isEmpty()
        ? NOTHING
        : new Part(table.html().strip(), table.markdown().strip());
  }

  /** A table that the page folds away, and others below it. */
  public static Part folded(String summary, Part... parts) {
    String page = joined(List.of(parts), true);
    String writeUp = joined(List.of(parts), false);
    return new Part(
        page.isEmpty()
            ? ""
            : "<details><summary>"
                + Prose.html(summary)
                + "</summary>\n"
                + Shelf.folded(page)
                + "</details>",
        writeUp.isEmpty() ? "" : summary + ":\n\n" + writeUp.strip());
  }

  /** Sentences as a list. */
  public static Part list(List<String> items) {
    return new Part(
        items.stream()
            .map(i -> "<li>" + Prose.html(i) + "</li>")
            .collect(Collectors.joining("\n", "<ul>\n", "\n</ul>")),
        items.stream().map(i -> "- " + i).collect(Collectors.joining("\n")));
  }

  /** The place in the write-up for people's own text, which the next report keeps. */
  public static Part human(String name) {
    return new Part("", "<!-- human:" + name + " -->\n<!-- /human -->");
  }

  /** Several parts as one. */
  public static String joined(List<Part> parts, boolean page) {
    return parts.stream()
        .map(p -> page ? p.page() : p.writeUp())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(page ? "\n" : "\n\n"));
  }
}
