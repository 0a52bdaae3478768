package shedlab.report.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shedlab.report.chart.Look;
import shedlab.report.text.Prose;

/**
 * A table, as HTML and as Markdown.
 *
 * @param words how many of the first columns hold words; the others hold figures
 * @param rowMarks attributes of the rows, by which the page hides rows that are not chosen; one per
 *     row, or none
 * @param columnMarks the same for the columns
 */
public record Table(
    List<String> columns,
    int words,
    List<List<Cell>> rows,
    List<String> rowMarks,
    List<String> columnMarks) {

  public Table(List<String> columns, int words, List<List<Cell>> rows) {
    this(columns, words, rows, List.of(), List.of());
  }

  /** The same with attributes. */
  public Table marked(List<String> ofRows, List<String> ofColumns) {
    return new Table(columns, words, rows, ofRows, ofColumns);
  }

  /**
   * A cell.
   *
   * @param text with backticks for code
   * @param css class for the page; empty for none
   * @param href link on the page; null for none
   * @param image before the text on the page, as HTML; empty for none
   */
  public record Cell(String text, String css, @Nullable String href, String image) {
    public Cell(String text, String css, @Nullable String href) {
      this(text, css, href, "");
    }

    public static Cell of(String text) {
      return new Cell(text, "", null);
    }

    /** A strategy's name beside its look in the charts. */
    public static Cell of(String text, Look look) {
      return new Cell(text, "", null, look.mention() + " ");
    }

    public static Cell of(String text, String css) {
      return new Cell(text, css, null);
    }
  }

  /** Rows of plain texts. */
  public static Table of(List<String> columns, int words, List<List<String>> rows) {
    return new Table(
        columns, words, rows.stream().map(r -> r.stream().map(Cell::of).toList()).toList());
  }

  /** A scrollable table; an empty string if there are no rows. */
  public String html() {
    if (rows.isEmpty()) {
      return "";
    }
    var html = new StringBuilder("<div class=\"scroll\" tabindex=\"0\"><table");
    // The style sheet aligns the columns behind the words: no cell needs a class for that.
    html.append(words < columns.size() ? " class=\"w" + words + "\"" : "").append(">\n<thead><tr>");
    for (int i = 0; i < columns.size(); i++) {
      html.append("<th scope=\"col\"").append(mark(columnMarks, i)).append('>');
      html.append(Prose.html(columns.get(i))).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    String before = "";
    for (int r = 0; r < rows.size(); r++) {
      List<Cell> row = rows.get(r);
      String group = row.get(0).text();
      html.append(!before.isEmpty() && !before.equals(group) ? "<tr class=\"first\"" : "<tr");
      html.append(mark(rowMarks, r)).append('>');
      before = group;
      for (int i = 0; i < row.size(); i++) {
        html.append(cell(row.get(i), i));
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  /** A Markdown table. */
  public String markdown() {
    if (rows.isEmpty()) {
      return "";
    }
    var text = new StringBuilder();
    line(text, columns);
    List<String> rule = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      rule.add(i < words ? "---" : "---:");
    }
    line(text, rule);
    for (List<Cell> row : rows) {
      line(text, row.stream().map(Cell::text).toList());
    }
    return text.toString();
  }

  private String cell(Cell cell, int column) {
    String css = cell.css();
    String tag = column == 0 ? "th" : "td";
    String text = cell.image() + Prose.html(cell.text());
    if (cell.href() != null) {
      text = "<a href=\"" + Prose.escape(cell.href()) + "\">" + text + "</a>";
    }
    return "<"
        + tag
        + mark(columnMarks, column)
        + (column == 0 ? " scope=\"row\"" : "")
        + (css.isEmpty() ? "" : " class=\"" + css + "\"")
        + ">"
        + text
        + "</"
        + tag
        + ">";
  }

  private static String mark(List<String> marks, int i) {
    return marks.isEmpty() || marks.get(i).isEmpty() ? "" : " " + marks.get(i);
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append('|');
    for (String cell : cells) {
      text.append(' ').append(cell.replace("|", "\\|").replace("\n", " ")).append(" |");
    }
    text.append('\n');
  }
}
