package shedlab.report.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import shedlab.report.chart.Pattern;
import shedlab.report.chart.Theme;
import shedlab.report.finding.Verdict;
import shedlab.report.pack.Shelf;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/**
 * {@code report.html}: the verdict, then every section, in one file that loads nothing. Everything
 * that it shows is in the file; the script only filters and highlights.
 */
public final class Page {
  /** More than that is not shown beside a link. */
  private static final int LONGEST_META = 200;

  private final Subject run;
  private final StringBuilder html = new StringBuilder(1_000_000);

  private Page(Subject run) {
    this.run = run;
  }

  public static String of(Subject run, List<Section> sections) {
    var page = new Page(run);
    page.head(
        sections.stream()
            .filter(section -> section.anchor().equals(Section.ANSWER))
            .map(Section::title)
            .findFirst()
            .orElseGet(() -> run.verdict.sentences().get(0)));
    page.header(sections);
    page.html.append("<main>\n<div id=\"filters\" role=\"region\" aria-label=\"Filters\">");
    page.html.append(new Choices(run).filters()).append("</div>\n");
    page.html.append("<svg class=\"definitions\" aria-hidden=\"true\">");
    page.html.append(Pattern.definitions());
    for (String strategy : run.summary.strategies()) {
      page.html.append(run.data.looks().of(strategy).definition());
    }
    page.html.append("</svg>\n");
    sections.stream()
        .filter(section -> !section.anchor().equals(Section.ANSWER))
        .forEach(section -> page.html.append(section.page()));
    page.html.append("</main>\n");
    return Shelf.packed(page.html.toString()) + page.scripts() + "</body>\n</html>\n";
  }

  private String scripts() {
    return "<script type=\"application/json\" id=\"data\">"
        + data()
        + "</script>\n<script>\n"
        + Theme.resource("/shedlab/report/unpack.js")
        + Theme.resource("/shedlab/report/page.js")
        + Theme.resource("/shedlab/report/take.js")
        + "</script>\n";
  }

  /** For who shares a link. */
  private void meta(String what, String text) {
    html.append("<meta ").append(what).append(" content=\"");
    String plain = text.replace("`", "");
    if (plain.length() > LONGEST_META) {
      plain = plain.substring(0, plain.lastIndexOf(' ', LONGEST_META)) + "…";
    }
    html.append(Prose.escape(plain)).append("\"/>\n");
  }

  /**
   * The head.
   *
   * @param said the page in a sentence
   */
  private void head(String said) {
    html.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
        script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"/>
        <title>\
        """);
    String title = run.plan.purpose().experiment() + " (" + run.plan.run() + ")";
    html.append("Shedlab: ").append(Prose.escape(title)).append("</title>\n");
    meta("name=\"description\"", said);
    meta("property=\"og:title\"", run.plan.purpose().question());
    meta("property=\"og:description\"", said);
    run.files().stream()
        .findFirst()
        .ifPresent(chart -> meta("property=\"og:image\"", "charts/" + chart.name() + "-light.svg"));
    html.append("<style>\n:root{");
    html.append(Theme.LIGHT.variables()).append("--bad:#ad4800}\n@media screen{\n");
    String dark = "{color-scheme:dark;" + Theme.DARK.variables() + "--bad:#f0803c}";
    html.append("@media (prefers-color-scheme: dark){:root:not([data-theme=\"light\"])");
    html.append(dark).append("}\n:root[data-theme=\"dark\"]").append(dark).append("\n}\n");
    html.append(Theme.resource("/shedlab/report/page.css"));
    html.append(Theme.pageCss()).append("</style>\n");
    // With a script, its controls have their room from the first paint on: nothing moves later.
    html.append("<script>document.documentElement.dataset.js = ''</script>\n</head>\n<body>\n");
  }

  private void header(List<Section> sections) {
    html.append("<header>\n<p class=\"brand\">Shedlab · ");
    html.append(Prose.escape(run.plan.purpose().experiment()));
    html.append(" <button type=\"button\" id=\"theme\" hidden=\"hidden\">Dark</button></p>\n<h1>");
    html.append(Prose.html(run.plan.purpose().question())).append("</h1>\n<p class=\"meta\">");
    html.append(Prose.html(String.join(" · ", WriteUp.facts(run))));
    html.append(" · profile ").append(Prose.escape(run.plan.purpose().profile()));
    html.append(" · run <code>").append(Prose.escape(run.plan.run())).append("</code></p>\n");
    for (String[] stamp : WriteUp.stamps(run)) {
      html.append("<p class=\"stamp\"><strong>").append(stamp[0]).append("</strong> <span>");
      html.append(Prose.html(stamp[1])).append("</span></p>\n");
    }
    sections.stream()
        .filter(section -> section.anchor().equals(Section.ANSWER))
        .forEach(section -> html.append(section.page()));
    verdict();
    html.append("<nav aria-label=\"Contents\">");
    for (Section section : sections) {
      if (!section.page().isEmpty()) {
        html.append("<a href=\"#").append(section.anchor()).append("\">");
        html.append(Prose.escape(section.menu())).append("</a>\n");
      }
    }
    html.append("</nav>\n</header>\n");
  }

  private void verdict() {
    html.append("<section class=\"verdict\" aria-label=\"Verdict\">\n<p class=\"badge ");
    html.append(run.verdict.doubtful() ? "bad" : "fine").append("\"><a class=\"jump\" ");
    html.append("href=\"#validity\">").append(Prose.escape(run.verdict.badge()));
    html.append("</a></p>\n<dl>\n");
    run.verdict.answers().forEach(this::answer);
    String above = run.capacity.words(run.plain, run.cells);
    if (!above.isEmpty()) {
      answer(new Verdict.Answer("More than 100 %?", List.of(above)));
    }
    html.append("</dl>\n");
    for (String warning : run.run.warnings()) {
      html.append("<p class=\"broken\">").append(Prose.html(warning)).append("</p>\n");
    }
    for (String note : run.courses.notes()) {
      html.append("<p class=\"note-text\">").append(Prose.html(note)).append("</p>\n");
    }
    html.append("</section>\n");
  }

  private void answer(Verdict.Answer answer) {
    html.append("<div><dt>").append(Prose.html(answer.question())).append("</dt><dd>");
    html.append(String.join("<br/>", answer.lines().stream().map(Prose::html).toList()));
    html.append("</dd></div>\n");
  }

  /** The names by which links refer to what the script shows; contains no {@code <}. */
  private String data() {
    var mapper = new JsonMapper();
    ObjectNode data = mapper.createObjectNode();
    put(data, "servers", run.summary.servers());
    put(data, "strategies", run.summary.strategies().stream().map(run.names::of).toList());
    put(data, "loads", run.summary.loads().stream().map(Numbers::load).toList());
    put(data, "variants", run.summary.variants().stream().map(Prose::variant).toList());
    put(data, "cells", run.cells.stream().map(c -> c.key().id()).toList());
    data.set("first", mapper.valueToTree(run.firstChoice()));
    try {
      return mapper.writeValueAsString(data).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // impossible: the tree has only texts
    }
  }

  private static void put(ObjectNode data, String name, List<String> values) {
    ArrayNode array = data.putArray(name);
    values.forEach(array::add);
  }
}
