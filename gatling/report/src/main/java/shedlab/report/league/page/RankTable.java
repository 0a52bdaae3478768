package shedlab.report.league.page;

import java.util.ArrayList;
import java.util.List;
import shedlab.report.league.Standings.Regret;
import shedlab.report.league.Standings.Row;
import shedlab.report.table.Table;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/** Contenders of one kind, ranked by their worst regret. */
final class RankTable {
  private static final List<String> COLUMNS =
      List.of(
          "strategy",
          "worst regret",
          "mean regret",
          "worst in",
          "above 10",
          "false sheds",
          "p99 late in",
          "waste");

  private final LeagueData data;
  private final List<Row> rows;

  RankTable(LeagueData data, List<Row> rows) {
    this.data = data;
    this.rows = rows;
  }

  /** For the page: with settings below the name, which leads to the course if there is one. */
  String html(String label) {
    var html =
        new StringBuilder("<div class=\"scroll rank\" tabindex=\"0\" role=\"region\" aria-label=\"")
            .append(Prose.escape(label))
            .append("\"><table>\n<thead><tr>");
    for (int i = 0; i < COLUMNS.size(); i++) {
      html.append("<th scope=\"col\"").append(i == 0 || i == 3 ? ">" : " class=\"n\">");
      html.append(COLUMNS.get(i)).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (Row row : rows) {
      String name = "<b>" + Prose.escape(row.contender().name()) + "</b>";
      html.append("<tr><th scope=\"row\">");
      html.append(
          data.course(row.contender()).isEmpty()
              ? name
              : "<a href=\"#" + data.courseAnchor(row.contender()) + "\">" + name + "</a>");
      html.append("<code class=\"below\">").append(breakable(row.contender().template()));
      html.append("</code></th>").append(regret(row.worst())).append(regret(row.mean()));
      html.append("<td>").append(Prose.html(row.worstSituation())).append("</td>");
      for (String figure : figures(row)) {
        html.append("<td class=\"n\">").append(Prose.html(figure)).append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  private static String regret(Regret regret) {
    return "<td class=\"n "
        + Points.heat(regret.points())
        + "\">"
        + Points.text(regret.points())
        + " <small>"
        + Points.plusMinus(regret)
        + "</small></td>";
  }

  private static List<String> figures(Row row) {
    return List.of(
        Integer.toString(row.much()),
        Numbers.percent(row.falseSheds()),
        Numbers.wholePercent(row.late()),
        Numbers.percent(row.waste()));
  }

  /** May be broken between its parts. */
  static String breakable(String strategy) {
    return Prose.escape(strategy).replaceAll("([,+:=])", "$1<wbr/>");
  }

  /** For a README: the first {@code most} rows. */
  String markdown(int most) {
    List<String> columns = new ArrayList<>(COLUMNS);
    columns.add(1, "settings");
    columns.add(2, columns.remove(4));
    List<List<String>> lines = new ArrayList<>();
    for (Row row : rows.subList(0, Math.min(most, rows.size()))) {
      List<String> line = new ArrayList<>();
      line.add(row.contender().name());
      line.add("`" + row.contender().template() + "`");
      line.add(row.worstSituation());
      line.add("**" + Points.text(row.worst().points()) + "** " + Points.plusMinus(row.worst()));
      line.add(Points.text(row.mean()));
      line.addAll(figures(row));
      lines.add(line);
    }
    return Table.of(columns, 3, lines).markdown().strip();
  }
}
