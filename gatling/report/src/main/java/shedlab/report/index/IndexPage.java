package shedlab.report.index;

import java.nio.file.Files;
import java.util.List;
import shedlab.report.Document;
import shedlab.report.chart.Theme;
import shedlab.report.history.HistoryPart;
import shedlab.report.table.Table;
import shedlab.report.text.Prose;

/** {@code index.html}: one file that loads nothing. */
final class IndexPage {
  static final String TITLE = "Shedlab: runs";

  /** The heading by which an index is told from another page of that name. */
  static final String HEADING = "<h1>" + TITLE + "</h1>";

  /** More runs than these are folded away. */
  private static final int SHOWN = 3;

  /** A page that is no run, or a folder that cannot be read. */
  record Other(String text, String href, String words) {}

  private final StringBuilder html = new StringBuilder(50_000);

  private IndexPage() {}

  /** The page. */
  static String of(List<Question> questions, List<Other> unreadable, List<Other> others) {
    var page = new IndexPage();
    page.html.append("<body>\n<header>\n").append(HEADING).append('\n');
    boolean empty = questions.isEmpty() && unreadable.isEmpty();
    page.paragraph(
        "lead",
        empty
            ? "No run yet: `make bench` makes one."
            : "By question, that of the newest run first. What a run found is the first sentence of"
                + " its report.");
    page.contents(questions);
    page.html.append("</header>\n<main>\n");
    for (Question question : questions) {
      page.question(question);
    }
    page.table("Runs that cannot be read", "folder", "why", unreadable);
    page.table("Other pages", "page", "what", others);
    page.method(questions);
    return head(page.html.indexOf("<svg") > 0) + page.html + "</main>\n</body>\n</html>\n";
  }

  private static String head(boolean charts) {
    return Document.head(TITLE, charts ? "<style>\n" + Theme.pageCss() + "</style>\n" : "");
  }

  private void contents(List<Question> questions) {
    if (questions.size() < 2) {
      return;
    }
    html.append("<nav aria-label=\"Questions\">");
    for (Question question : questions) {
      html.append("<a href=\"#").append(Prose.escape(question.anchor())).append("\">");
      html.append(Prose.html(question.text())).append("</a>\n");
    }
    html.append("</nav>\n");
  }

  private void question(Question question) {
    html.append("<section id=\"").append(Prose.escape(question.anchor())).append("\">\n<h2>");
    html.append(Prose.html(question.text())).append("</h2>\n");
    html.append("<section class=\"verdict\" aria-label=\"The best run\">\n");
    run(question.best());
    html.append("</section>\n");
    List<ListedRun> others = question.others();
    if (!others.isEmpty()) {
      boolean many = others.size() > SHOWN;
      html.append(many ? "<details><summary>" : "<p class=\"note-text\">");
      html.append(Prose.count(others.size(), "other run"));
      html.append(others.size() > 1 ? ", the newest first" : "");
      html.append(many ? "</summary>\n" : "</p>\n").append("<ul>\n");
      for (ListedRun other : others) {
        html.append("<li>");
        run(other);
        html.append("</li>\n");
      }
      html.append("</ul>\n").append(many ? "</details>\n" : "");
    }
    html.append(HistoryPart.html(question.bestFirst())).append("</section>\n");
  }

  private void run(ListedRun listed) {
    html.append("<p>").append(link(listed, "report.html", listed.run().folder())).append(": ");
    html.append(Prose.html(listed.headline().found())).append("</p>\n<p class=\"note-text\">");
    html.append(Prose.html(listed.facts()));
    if (Files.exists(listed.run().files().folder().resolve("REPORT.md"))) {
      html.append(" · ").append(link(listed, "REPORT.md", "write-up"));
    }
    html.append("</p>\n");
  }

  /** The text itself if there is no such file. */
  private static String link(ListedRun listed, String file, String text) {
    return Files.exists(listed.run().files().folder().resolve(file))
        ? "<a href=\""
            + Prose.escape(href(listed.run().folder()) + "/" + file)
            + "\">"
            + Prose.escape(text)
            + "</a>"
        : Prose.escape(text);
  }

  static String href(String name) {
    return name.replace("%", "%25").replace(" ", "%20").replace("#", "%23").replace("?", "%3F");
  }

  private void table(String heading, String first, String second, List<Other> rows) {
    if (!rows.isEmpty()) {
      html.append("<section>\n<h2>").append(heading).append("</h2>\n");
      html.append(
          new Table(
                  List.of(first, second),
                  2,
                  rows.stream()
                      .map(
                          row ->
                              List.of(
                                  new Table.Cell(row.text(), "", row.href()),
                                  Table.Cell.of(
                                      row.words(), row.words().startsWith("✗") ? "broken" : "")))
                      .toList())
              .html());
      html.append("</section>\n");
    }
  }

  private void method(List<Question> questions) {
    if (!questions.isEmpty()) {
      html.append("<section id=\"method\">\n<h2>How this page is made</h2>\n");
      paragraph("lead", ListedRun.RULE);
      HistoryPart.METHOD.forEach(text -> paragraph("lead", text));
      html.append("</section>\n");
    }
  }

  private void paragraph(String css, String text) {
    html.append("<p class=\"").append(css).append("\">").append(Prose.html(text)).append("</p>\n");
  }
}
