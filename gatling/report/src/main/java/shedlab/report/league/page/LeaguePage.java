package shedlab.report.league.page;

import java.util.ArrayList;
import java.util.List;
import shedlab.report.Document;
import shedlab.report.chart.Theme;
import shedlab.report.league.Contender;
import shedlab.report.league.Contender.Kind;
import shedlab.report.league.CoursePoint;
import shedlab.report.text.Prose;

/**
 * {@code index.html}: the finding and the ranked table on the first screen, then everything else,
 * in one file that loads nothing. The script adds the filter and tooltips; all else is there
 * without.
 */
final class LeaguePage {
  private static final String SECURITY =
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src"
          + " 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:\"/>\n";

  private final LeagueData data;
  private final StringBuilder sections = new StringBuilder(1_000_000);
  private final List<String> contents = new ArrayList<>();

  private LeaguePage(LeagueData data) {
    this.data = data;
  }

  static String of(LeagueData data) {
    var page = new LeaguePage(data);
    page.sections();
    return Document.head("The league", SECURITY + style())
        + page.header()
        + "<main>\n"
        + page.sections
        + "</main>\n<script type=\"application/json\" id=\"data\">"
        + ServiceData.of(data)
        + "</script>\n<script>\n"
        + Theme.resource("/shedlab/report/league.js")
        + "</script>\n</body>\n</html>\n";
  }

  private static String style() {
    return "<style>\n"
        + Theme.pageCss()
        + Theme.resource("/shedlab/report/league.css")
        + "</style>\n";
  }

  private String header() {
    var finding = new Finding(data);
    return "<body>\n<header>\n<p class=\"brand\">Shedlab · the league</p>\n<h1>"
        + Prose.html(Finding.question())
        + "</h1>\n<p class=\"meta\">"
        + Prose.html(finding.facts())
        + "</p>\n<div class=\"finding\">\n"
        + paragraphs("", finding.sentences())
        + "</div>\n<nav aria-label=\"Contents\">"
        + String.join("\n", contents)
        + "</nav>\n</header>\n";
  }

  private static String paragraphs(String css, List<String> texts) {
    var html = new StringBuilder();
    for (String text : texts) {
      html.append("<p class=\"lead ").append(css).append("\">");
      html.append(strong(Prose.html(text))).append("</p>\n");
    }
    return html.toString();
  }

  private static String strong(String html) {
    return html.replaceAll("\\*\\*([^*]+)\\*\\*", "<strong>$1</strong>");
  }

  private void sections() {
    ranked(Kind.TUNED, "tuned", "Tuned", "Tuned settings");
    service();
    ranked(Kind.DEFAULT, "default", "Default", "Default settings");
    ranked(
        Kind.REFERENCE,
        "reference",
        "References",
        "References, which know what no strategy can know");
    map();
    tradeOff();
    sensitivity();
    courses();
    metastable();
    realServers();
    ceiling();
    section("method", "Method", "How the league is played", paragraphs("", Method.TEXT));
  }

  private void section(String anchor, String menu, String title, String html) {
    contents.add("<a href=\"#" + anchor + "\">" + Prose.escape(menu) + "</a>");
    sections.append("<section id=\"").append(anchor).append("\">\n<h2>").append(Prose.html(title));
    sections.append("</h2>\n").append(html).append("</section>\n");
  }

  private static String lead(String text) {
    return text.isEmpty() ? "" : paragraphs("", List.of(text));
  }

  private static String note(String text) {
    return "<p class=\"note-text\">" + Prose.html(text) + "</p>\n";
  }

  private static String missing(String file, String what) {
    return note("There is no `" + file + "` beside this page, so that " + what + ".");
  }

  private static String folded(String summary, String html) {
    return "<details><summary>" + Prose.html(summary) + "</summary>\n" + html + "</details>\n";
  }

  private void ranked(Kind kind, String anchor, String menu, String title) {
    if (data.ranked(kind).isEmpty()) {
      return;
    }
    section(
        anchor,
        menu,
        title,
        new RankTable(data, data.ranked(kind)).html(title)
            + note(
                "Ranked by worst regret; ± is a 95 % interval over the seeds. "
                    + (data.hasCourses()
                        ? "A name leads to the time course of its worst situation. "
                        : "")));
  }

  private void service() {
    section(
        "service",
        "My service",
        "My service",
        """
        <noscript><p class="note-text">The filter needs JavaScript. Without it, the map below has \
        every situation.</p></noscript>
        <form id="mine" class="controls">
        <label>cores <input id="cores" type="number" min="1" max="1024" step="1" value="4"/></label>
        <label>mean task, ms <input id="task" type="number" min="0.01" step="any" value="20"/></label>
        <label>deadline, ms <input id="deadline" type="number" min="1" step="any" value="200"/></label>
        </form>
        <div id="answer" aria-live="polite"></div>
        """);
  }

  private void map() {
    section(
        "map",
        "Map",
        "Every strategy in every situation",
        lead(
                "Regret in points of the capacity: the stronger the colour, the worse. Columns are situations,"
                    + " by group; rows are strategies, the best on top.")
            + HeatMap.legend()
            + new HeatMap(data).html()
            + folded("The worst regret in each group, as a table", new HeatMap(data).table()));
  }

  private void tradeOff() {
    var trade = new TradeOff(data);
    section(
        "trade-off",
        "False sheds and p99",
        "Below the capacity: false sheds against waiting",
        trade.html().isEmpty()
            ? note("No strategy played all plateaus at 0.9x the capacity.")
            : lead(
                    "Means over the plateaus at 0.9x the capacity. Those with a name are not beaten"
                        + " in both: fewer false sheds cost a longer p99.")
                + trade.html()
                + note("False sheds, and p99 as a share of the deadline: " + trade.front() + "."));
  }

  private void sensitivity() {
    var table = new SensitivityTable(data);
    section(
        "sensitivity",
        "Sensitivity",
        "How exact must a setting be?",
        data.effects().isEmpty()
            ? missing("sensitivity.csv", "nothing is said about the effect of single settings")
            : lead(table.sentence())
                + note(
                    "Worst regret, in brackets the mean, when this setting alone is multiplied; over"
                        + " a part of the situations.")
                + table.html());
  }

  private void courses() {
    if (!data.hasCourses()) {
      section(
          "courses",
          "Courses",
          "Where each loses most",
          missing("courses.csv", "no time course is shown"));
      return;
    }
    var html = new StringBuilder();
    for (Contender contender : data.contenders()) {
      List<CoursePoint> course = data.course(contender);
      if (!course.isEmpty()) {
        String situation = course.get(0).situation();
        String title = contender.name() + " in " + situation;
        var figure = new CourseFigure(course, data.facts(situation).deadlineMillis());
        html.append("<details class=\"time-course\"><summary><b>");
        html.append(Prose.escape(contender.name())).append("</b> (");
        html.append(contender.kind().word()).append("): regret ");
        html.append(Points.text(data.regret(contender, data.facts(situation)))).append(" in ");
        html.append(Prose.html(situation)).append("</summary>\n<div class=\"course\" id=\"");
        html.append(data.courseAnchor(contender)).append("\">\n").append(note(figure.words()));
        html.append(figure.panel(title).html()).append("</div></details>\n");
      }
    }
    section("courses", "Courses", "Where each loses most", html.toString());
  }

  private void metastable() {
    if (data.hasMap()) {
      section(
          "metastable",
          "Metastable states",
          "How long must an overload last before a service no longer recovers by itself?",
          "<p class=\"lead\"><a href=\""
              + LeagueData.MAP
              + "\">The map of metastable states</a>: load and length of the overload, with and"
              + " without retries, for each strategy.</p>\n");
    }
  }

  private void realServers() {
    var real = new RealServers(data);
    String title = "Simulated and measured";
    if (real.isEmpty()) {
      section(
          "real",
          "Real servers",
          title,
          missing("real.csv", "nothing was held against a real server"));
      return;
    }
    List<String> lines = real.disagreements();
    var list = new StringBuilder();
    if (!lines.isEmpty()) {
      list.append("<h3>Disagreements</h3>\n<ul>\n");
      lines.forEach(line -> list.append("<li>").append(Prose.html(line)).append("</li>\n"));
      list.append("</ul>\n");
    }
    section(
        "real",
        "Real servers",
        title,
        lead(real.sentence()) + real.chart() + list + folded("All pairs", real.table()));
  }

  private void ceiling() {
    var ceiling = new CeilingTable(data);
    section(
        "ceiling",
        "Upper bound",
        "How far the best known is below the upper bound",
        lead(ceiling.sentence()) + folded("Every situation", ceiling.table()));
  }
}
