package shedlab.report.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import shedlab.report.chart.Looks;
import shedlab.report.chart.Svg;
import shedlab.report.chart.Theme;
import shedlab.report.finding.FloorWords;
import shedlab.report.finding.Runs;
import shedlab.report.finding.Verdict;
import shedlab.report.metric.Metric;
import shedlab.report.metric.ScoreMetric;
import shedlab.report.metric.Scores;
import shedlab.report.metric.Summary;
import shedlab.report.metric.Summary.Row;
import shedlab.report.result.CellResult;
import shedlab.report.result.Latency;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/**
 * Strategy by server at the reference load, one table per figure: the figure, its interval below
 * and, for goodput, the whole curve as a sparkline.
 */
public final class ScoreMatrix {
  /** A figure of the matrix; {@code shade} is 1 for the best possible value. */
  private record Score(
      String key,
      String title,
      String note,
      boolean marked,
      Function<Row, String> text,
      Function<Row, String> below,
      Function<Row, Double> shade) {}

  private final Summary summary;
  private final List<CellResult> cells;
  private final StrategyNames names;
  private final Verdict verdict;
  private final Scores scores;
  private final FloorWords floor;
  private final Looks looks;

  public ScoreMatrix(
      Summary summary,
      List<CellResult> cells,
      StrategyNames names,
      Verdict verdict,
      Scores scores,
      FloorWords floor) {
    this.floor = floor;
    this.summary = summary;
    this.cells = cells;
    this.names = names;
    this.verdict = verdict;
    this.scores = scores;
    this.looks = Looks.of(summary.strategies());
  }

  /** The tables; the page shows one at a time. */
  public String html() {
    var html = new StringBuilder();
    buttons(html);
    for (Score score : scores()) {
      html.append("<div class=\"matrix\" data-score=\"").append(score.key());
      html.append("\">\n");
      html.append("<p class=\"note-text\">").append(Prose.html(score.note())).append("</p>\n");
      table(html, score);
      html.append("</div>\n");
    }
    return html.toString();
  }

  private void buttons(StringBuilder html) {
    html.append("<div id=\"scores\" class=\"controls\"><div class=\"set\">");
    boolean pressed = true;
    for (Score score : scores()) {
      html.append("<button type=\"button\" data-radio=\"score\" data-value=\"");
      html.append(score.key()).append("\" title=\"").append(score.title());
      html.append("\" aria-pressed=\"").append(pressed).append("\">").append(score.title());
      html.append("</button>");
      pressed = false;
    }
    html.append("</div></div>\n");
  }

  /** Only those that this run has. */
  private List<Score> scores() {
    boolean overLoads = ScoreMetric.measuredPart(summary.loads()).isPresent();
    return all().stream().filter(score -> overLoads || !score.key().equals("regret")).toList();
  }

  private List<Score> all() {
    return List.of(
        new Score(
            "goodput",
            "goodput",
            "% of the capacity; below it the least and the most of the runs"
                + (summary.loads().size() > 1 ? ", and the curve over all loads." : "."),
            true,
            r -> Numbers.percent(r.get(Metric.GOODPUT_SHARE)),
            r -> Runs.interval(r, cells),
            r -> r.get(Metric.GOODPUT_SHARE)),
        new Score(
            "regret",
            "lost to the ideal",
            "mean over the loads "
                + Prose.list(
                    ScoreMetric.measuredPart(summary.loads()).orElse(List.of()).stream()
                        .map(Numbers::load)
                        .toList())
                + " of the capacity that a clairvoyant strategy would have used and this one did"
                + " not; below it, what of the peak is left at 2x.",
            false,
            r ->
                score(r)
                    .map(s -> Numbers.percent(s.get(ScoreMetric.AREA_REGRET)))
                    .orElse(Numbers.NO_FIGURE),
            r ->
                score(r)
                    .map(s -> Numbers.wholePercent(s.get(ScoreMetric.RETAINED_2X)) + " retained")
                    .orElse(""),
            r -> score(r).map(s -> 1 - 2 * s.get(ScoreMetric.AREA_REGRET)).orElse(0.0)),
        new Score(
            "latency",
            "p99 of admitted",
            ("ms from the intended start to the 200; * fewer than 1000 samples in a run. "
                    + floor.legend())
                .strip(),
            false,
            r ->
                Numbers.millis(r.admitted().p99())
                    + (r.admitted().supportsP99() ? "" : Tables.FEW)
                    + floor.mark(r.admitted().p99(), Latency::p99),
            r -> "p50 " + floor.millis(r.admitted().p50(), Latency::p50),
            r -> quick(r.admitted().p99(), 5_000)),
        new Score(
            "refusal",
            "p50 of shed",
            ("ms from the intended start to the 429. " + floor.legend()).strip(),
            false,
            r -> floor.millis(r.shed().p50(), Latency::p50),
            r ->
                "p99 "
                    + Numbers.millis(r.shed().p99())
                    + (r.shed().supportsP99() ? "" : Tables.FEW)
                    + floor.mark(r.shed().p99(), Latency::p99),
            r -> quick(r.shed().p50(), 100)),
        new Score(
            "cpu",
            "CPU per success",
            "ms of the server's CPU time for every request answered in time.",
            false,
            r -> Numbers.fixed(r.get(Metric.CPU_PER_GOOD) / 1_000, 2),
            r -> "CPU " + Numbers.wholePercent(r.get(Metric.SERVER_CPU_SHARE)),
            r -> quick(Math.round(r.get(Metric.CPU_PER_GOOD)), 4_000)));
  }

  private Optional<Scores.Score> score(Row row) {
    return scores.scores().stream()
        .filter(s -> s.server().equals(row.server()) && s.strategy().equals(row.strategy()))
        .filter(s -> s.variant().equals(row.variant()))
        .findFirst();
  }

  /** The shade of a time: 1 up to {@code best} microseconds, 0 at three hundred times as much. */
  private static double quick(long micros, double best) {
    return micros <= 0 ? 0 : 1 - Math.log(Math.max(1, micros / best)) / Math.log(300);
  }

  private void table(StringBuilder html, Score score) {
    html.append("<div class=\"scroll\" tabindex=\"0\"><table>\n");
    html.append("<thead><tr><th scope=\"col\">strategy</th>");
    for (int h = 0; h < summary.servers().size(); h++) {
      html.append("<th scope=\"col\" data-h=\"").append(h).append("\">");
      html.append(Prose.escape(summary.servers().get(h))).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    double load = verdict.referenceLoad();
    for (String strategy : summary.strategies()) {
      for (int v = 0; v < summary.variants().size(); v++) {
        String variant = summary.variants().get(v);
        boolean any =
            summary.servers().stream()
                .anyMatch(s -> summary.row(s, strategy, variant, load).isPresent());
        if (!any && v > 0) {
          continue;
        }
        html.append("<tr data-p=\"").append(summary.strategies().indexOf(strategy));
        html.append("\" data-v=\"").append(v).append("\"><th scope=\"row\">");
        html.append(name(strategy)).append("</th>");
        for (int h = 0; h < summary.servers().size(); h++) {
          String server = summary.servers().get(h);
          cell(html, score, h, strategy, variant, summary.row(server, strategy, variant, load));
        }
        html.append("</tr>\n");
      }
    }
    html.append("</tbody></table></div>\n");
  }

  private String name(String strategy) {
    return looks.of(strategy).key() + " " + Prose.html(names.code(strategy));
  }

  private void cell(
      StringBuilder html, Score score, int h, String strategy, String variant, Optional<Row> of) {
    html.append("<td data-h=\"").append(h).append('"');
    if (of.isEmpty()) {
      boolean due = summary.together(summary.servers().get(h), strategy);
      html.append(" class=\"weak\">").append(due ? "not run" : "–").append("</td>");
      return;
    }
    Row row = of.get();
    if (!row.hasFigures()) {
      html.append(" class=\"hatched\"><span class=\"broken\">✗ invalid</span></td>");
      return;
    }
    boolean top = score.marked() && verdict.top(row.server(), row.load()).contains(row);
    html.append(" class=\"").append(Theme.heat(score.shade().apply(row))).append("\">");
    html.append(top ? "● " : "").append(Prose.html(score.text().apply(row)));
    html.append("<span class=\"below\">").append(Prose.html(score.below().apply(row)));
    html.append(row.invalid() > 0 ? " ✗" + row.invalid() : "").append("</span>");
    if (score.marked()) {
      html.append(spark(row.server(), strategy, variant));
    }
    html.append("</td>");
  }

  /** Goodput over all loads. */
  private String spark(String server, String strategy, String variant) {
    List<double[]> points = new ArrayList<>();
    double least = Math.log(summary.loads().stream().mapToDouble(l -> l).min().orElse(1));
    double most = Math.log(summary.loads().stream().mapToDouble(l -> l).max().orElse(1));
    for (double load : summary.loads()) {
      Optional<Row> row = summary.row(server, strategy, variant, load).filter(Row::hasFigures);
      if (row.isPresent() && most > least) {
        double x = 1 + 62 * (Math.log(load) - least) / (most - least);
        points.add(
            new double[] {x, 17 - 15 * Math.min(1.1, row.get().get(Metric.GOODPUT_SHARE)) / 1.1});
      }
    }
    if (points.size() < 2) {
      return "";
    }
    var d = new StringBuilder();
    for (double[] p : points) {
      d.append(d.isEmpty() ? "M" : "L").append(Svg.n(p[0])).append(' ').append(Svg.n(p[1]));
    }
    return "<svg class=\"spark\" viewBox=\"0 0 64 18\" aria-hidden=\"true\"><path d=\""
        + d
        + "\"/></svg>";
  }
}
