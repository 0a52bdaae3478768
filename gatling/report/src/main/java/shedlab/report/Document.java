package shedlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.report.chart.Theme;
import shedlab.report.table.Table;
import shedlab.report.text.Prose;

/**
 * A page of headings, sentences and tables that looks like the report: as one HTML file that loads
 * nothing, and as Markdown. Texts are simple Markdown: backticks mark code, and a table cell may be
 * one link, {@code [text](href)}.
 */
public final class Document {
  private static final Pattern LINK = Pattern.compile("\\[(.+)]\\((.+)\\)");
  private static final String BROKEN = "✗";

  private final String title;
  private final List<Part> parts = new ArrayList<>();

  private record Part(String html, String markdown) {}

  /** A page with nothing but its title. */
  public Document(String title) {
    this.title = title;
    add("<h1>" + Prose.html(title) + "</h1>", "# " + title);
  }

  /** Begins a section. */
  public Document heading(String text) {
    return add("<h2>" + Prose.html(text) + "</h2>", "## " + text);
  }

  /** A paragraph. */
  public Document text(String text) {
    return add("<p class=\"lead\">" + Prose.html(text) + "</p>", text);
  }

  /** A highlighted paragraph. */
  public Document warning(String text) {
    return add(
        "<p class=\"broken\">" + BROKEN + " " + Prose.html(text) + "</p>", "> **" + text + "**");
  }

  /**
   * A table; nothing if it has no rows.
   *
   * @param words how many of the first columns hold words; the others hold figures
   */
  public Document table(List<String> columns, int words, List<List<String>> rows) {
    var page = new Table(columns, words, rows.stream().map(Document::cells).toList());
    return rows.isEmpty()
        ? this
        : add(page.html(), Table.of(columns, words, rows).markdown().stripTrailing());
  }

  private static List<Table.Cell> cells(List<String> row) {
    return row.stream()
        .map(
            text -> {
              Matcher link = LINK.matcher(text);
              if (link.matches()) {
                return new Table.Cell(link.group(1), "", link.group(2));
              }
              return Table.Cell.of(text, text.startsWith(BROKEN) ? "broken" : "");
            })
        .toList();
  }

  /** As one file for a browser. */
  public String html() {
    var page = new StringBuilder(head(title));
    page.append("<body>\n<main>\n");
    parts.forEach(part -> page.append(part.html).append('\n'));
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  /** As Markdown. */
  public String markdown() {
    return String.join("\n\n", parts.stream().map(Part::markdown).toList()) + "\n";
  }

  /** Doctype and head of a page in the colours and type of the report; its body follows. */
  public static String head(String title) {
    return head(title, "");
  }

  /** The same with more elements in the head. */
  public static String head(String title, String more) {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
        + "<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>"
        + Prose.escape(title.replace("`", ""))
        + "</title>\n<style>\n:root{"
        + Theme.LIGHT.variables()
        + "}\n@media screen and (prefers-color-scheme: dark){:root{"
        + Theme.DARK.variables()
        + "}}\n"
        + Theme.resource("/shedlab/report/page.css")
        + "</style>\n"
        + more
        + "</head>\n";
  }

  private Document add(String html, String markdown) {
    parts.add(new Part(html, markdown));
    return this;
  }
}
