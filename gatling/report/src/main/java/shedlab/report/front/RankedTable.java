package shedlab.report.front;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import shedlab.report.metric.Summary.Row;
import shedlab.report.page.Part;
import shedlab.report.page.Subject;
import shedlab.report.result.Latency;
import shedlab.report.statistics.Difference;
import shedlab.report.table.Table;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/** The strategies in a table, each figure with the range of its runs. */
final class RankedTable {
  /** A figure, and its range or its reason. */
  private record Figure(String text, String below) {
    static final Figure NONE = new Figure(Numbers.NO_FIGURE, "");

    static Figure of(Spread spread, DoubleFunction<String> words) {
      return spread.known()
          ? new Figure(words.apply(spread.mean()), spread.range(words))
          : new Figure(Numbers.NO_FIGURE, "no valid run");
    }
  }

  private final Ranking ranking;
  private final Subject run;

  RankedTable(Ranking ranking) {
    this.ranking = ranking;
    this.run = ranking.run;
  }

  Part part() {
    List<List<Figure>> rows = rows();
    var page =
        new StringBuilder("<div class=\"scroll\" tabindex=\"0\"><table class=\"w2 ranked\">");
    page.append("\n<thead><tr>");
    columns().forEach(c -> page.append("<th scope=\"col\">").append(Prose.html(c)).append("</th>"));
    page.append("</tr></thead>\n<tbody>\n");
    for (int i = 0; i < rows.size(); i++) {
      int strategy = run.summary.strategies().indexOf(ranking.standings.get(i).strategy());
      page.append("<tr data-p=\"").append(strategy).append("\">");
      for (int c = 0; c < rows.get(i).size(); c++) {
        page.append(c == 1 ? "<th scope=\"row\">" : "<td>");
        page.append(c == 1 ? look(ranking.standings.get(i)) : "");
        page.append(html(rows.get(i).get(c))).append(c == 1 ? "</th>" : "</td>");
      }
      page.append("</tr>\n");
    }
    page.append("</tbody></table></div>");
    List<List<String>> plain =
        rows.stream().map(r -> r.stream().map(RankedTable::text).toList()).toList();
    return new Part(page.toString(), Table.of(columns(), 2, plain).markdown().strip());
  }

  private String look(Standing standing) {
    return run.data.looks().of(standing.strategy()).mention() + " ";
  }

  private static String html(Figure figure) {
    return Prose.html(figure.text())
        + (figure.below().isEmpty()
            ? ""
            : "<span class=\"below\">"
                + Prose.html(figure.below()).replace(", ", ",<br/>")
                + "</span>");
  }

  private static String text(Figure figure) {
    return figure.text() + (figure.below().isEmpty() ? "" : " [" + figure.below() + "]");
  }

  private List<String> columns() {
    List<String> columns = new ArrayList<>(List.of(ranking.canTell() ? "rank" : "", "strategy"));
    columns.add("at worst, of what was achievable");
    columns.add("more than the next, points");
    ranking.below().ifPresent(load -> columns.add("false sheds at " + Numbers.load(load)));
    ranking.overloads().forEach(load -> columns.add("goodput at " + Numbers.load(load)));
    columns.add("p99 at " + Numbers.load(run.verdict.referenceLoad()) + ", ms");
    return columns;
  }

  private List<List<Figure>> rows() {
    List<List<Figure>> rows = new ArrayList<>();
    List<Standing> ranked = ranking.ranked();
    for (Standing standing : ranking.standings) {
      int rank = ranked.indexOf(standing);
      List<Figure> row = new ArrayList<>();
      row.add(new Figure(rank < 0 || !ranking.canTell() ? "" : rank + 1 + ".", ""));
      row.add(
          new Figure(
              run.names.code(standing.strategy()), standing.knowing() ? "knows capacity" : ""));
      row.add(
          new Figure(
              Numbers.percent(standing.worstMean()) + " at " + Numbers.load(standing.worstLoad()),
              standing.worstSpread().range(Numbers::percent)));
      row.add(
          rank < 0 || rank + 1 >= ranked.size()
              ? Figure.NONE
              : next(ranking.difference(standing, ranked.get(rank + 1))));
      ranking
          .below()
          .ifPresent(load -> row.add(Figure.of(standing.falseSheds(), Numbers::percent)));
      for (double load : ranking.overloads()) {
        row.add(
            Figure.of(
                standing.goodput().getOrDefault(load, Spread.of(List.of())), Numbers::percent));
      }
      row.add(p99(standing));
      rows.add(row);
    }
    return rows;
  }

  private Figure next(Difference difference) {
    String text = Advice.number(difference.mean());
    if (!ranking.canTell() || !Double.isFinite(difference.halfWidth())) {
      return new Figure(text, "too few runs");
    }
    String interval =
        Advice.number(difference.interval().low())
            + " to "
            + Advice.number(difference.interval().high());
    boolean apart = ranking.different(difference);
    return new Figure(text, interval + (apart ? "" : ", " + ranking.whyNot(difference)));
  }

  /** The range over the servers; a star where a run has too few samples for a p99. */
  private Figure p99(Standing standing) {
    List<Row> rows =
        run.plain.rows().stream()
            .filter(r -> r.strategy().equals(standing.strategy()))
            .filter(r -> r.load() == run.verdict.referenceLoad() && r.admitted().count() > 0)
            .toList();
    if (rows.isEmpty()) {
      return new Figure(Numbers.NO_FIGURE, "none in time");
    }
    long least = rows.stream().mapToLong(r -> r.admitted().p99()).min().orElse(0);
    long most = rows.stream().mapToLong(r -> r.admitted().p99()).max().orElse(0);
    boolean few = rows.stream().anyMatch(r -> !r.admitted().supportsP99());
    return new Figure(
        Prose.range(Numbers.millis(least), Numbers.millis(most))
            + run.floor.mark(least, Latency::p99),
        few ? "too few samples" : rows.size() > 1 ? "by server" : "median");
  }

  /** What the columns mean. */
  Part legend() {
    String below =
        ranking.below().isPresent()
            ? " False sheds: requests that were refused although there was capacity for them."
            : "";
    return Part.small(
        "Goodput in % of the capacity, as means over the servers; below each figure, or in brackets,"
            + " the range of its runs, and of a difference its 95 % interval. At worst: what a"
            + " strategy served at its worst load, in % of the requests below the capacity and of the"
            + " capacity beyond; the mean over the blocks of a server and a repeat."
            + below
            + (ranking.canTell()
                ? " Two are told apart if the interval leaves out zero, and the difference counts if it is"
                    + " more than "
                    + Numbers.fixed(100 * ranking.precision(), 0)
                    + " points, the precision of the run."
                : ""));
  }
}
