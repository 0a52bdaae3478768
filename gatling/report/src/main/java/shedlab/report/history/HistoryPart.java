package shedlab.report.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import shedlab.report.pair.Pairs;
import shedlab.report.table.Table;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/** The part of a page that shows the history of a question's runs, as HTML. */
public final class HistoryPart {
  /** What the page says once of all of it, in paragraphs. */
  public static final List<String> METHOD =
      List.of(
          "Over commits: each figure is the mean over a run's blocks with its 95 % interval (Student's"
              + " t), at the highest load that two runs, and at least half of them, have in common,"
              + " in the order in which they were measured. Runs are in one course only if `make"
              + " compare` can compare them, so on the same machine, with the same work"
              + " (`task-units`), deadline and arrivals; of runs with settings of your own, those"
              + " with the settings of the newest. The charts draw those strategies that took"
              + " a step, and the best, up to four; the table has all.",
          "A step is called where the interval of a run and that of the mean of the runs before it,"
              + " back to the last step, do not overlap, and the difference is above the run's own"
              + " band: its precision, 5 % if it has none, or what its identical (A/A) cells differ"
              + " by. From three runs before it on, their mean has the wider of two intervals: from"
              + " the spread within the runs, or between them. A goodput that changed by less than"
              + " a point of the capacity is no step, nor are response times that all lie within"
              + " twice the noise floor of the machine.",
          "A step does not say whether the code or the machine changed. One that a single run shows"
              + " has to be measured again.");

  private final History history;
  private final StrategyNames names;

  private HistoryPart(History history) {
    this.history = history;
    this.names =
        new StrategyNames(
            history.trends().stream().map(t -> t.condition().strategy()).distinct().toList());
  }

  /**
   * The history of the runs of a question, or one sentence why there is none.
   *
   * @param runs the best first
   */
  public static String html(Collection<PastRun> runs) {
    return new HistoryPart(History.of(runs)).html();
  }

  private String html() {
    if (history.trends().isEmpty()) {
      return paragraph("note-text", missing());
    }
    var html = new StringBuilder("<h3>Over commits</h3>\n");
    html.append(paragraph("lead", scope()));
    int figures = history.trends().size();
    List<String> steps = steps();
    if (steps.isEmpty()) {
      html.append(
          paragraph(
              "lead",
              figures == 1
                  ? "Their only figure took no step."
                  : "None of their " + figures + " figures took a step."));
    } else {
      html.append("<ul>\n");
      steps.forEach(step -> html.append("<li>").append(Prose.html(step)).append("</li>\n"));
      html.append("</ul>\n");
    }
    new TrendChart(history, names)
        .rows()
        .forEach(
            panels -> {
              html.append("<div class=\"panels\">\n");
              panels.forEach(panel -> html.append(panel.html()));
              html.append("</div>\n");
            });
    return html.append("<details><summary>")
        .append(figures == 1 ? "The figure" : "All " + figures + " figures")
        .append("</summary>\n")
        .append(table().html())
        .append("</details>\n")
        .toString();
  }

  private String missing() {
    String none = "No course over commits: ";
    if (history.runs().size() > 1) {
      return none
          + "no figure has "
          + Pairs.LEAST_BLOCKS
          + " valid blocks in two of the runs that can be compared.";
    }
    return history
        .obstacle()
        .map(why -> none + "no two runs can be compared; of the newest two, " + why + ".")
        .orElse(
            none
                + "it takes two runs that are evidence, and there is "
                + (history.runs().isEmpty() ? "none" : "one")
                + ".");
  }

  private String scope() {
    String left =
        history.others() == 0
            ? ""
            : " " + Prose.count(history.others(), "run") + " cannot be compared with these.";
    PastRun first = history.runs().get(0);
    PastRun last = history.runs().get(history.runs().size() - 1);
    return Prose.count(history.runs().size(), "run")
        + " can be compared, from "
        + first.commit()
        + " ("
        + first.date()
        + ") to "
        + last.commit()
        + " ("
        + last.date()
        + ")."
        + left;
  }

  private List<String> steps() {
    List<String> sentences = new ArrayList<>();
    for (Trend trend : history.trends()) {
      for (Step step : trend.steps()) {
        sentences.add(sentence(trend, step));
      }
    }
    return sentences;
  }

  private String sentence(Trend trend, Step step) {
    PastRun run = trend.figures().get(step.at()).run();
    int shown = trend.shown(step);
    return subject(trend)
        + ": "
        + trend.figure().words()
        + " "
        + (step.after() > step.before() ? "rose" : "fell")
        + " from "
        + trend.figure().text(step.before())
        + " to "
        + trend.figure().text(step.after())
        + " at "
        + run.commit()
        + " ("
        + run.date()
        + "): "
        + (trend.better(step) ? "better" : "worse")
        + ". "
        + (shown > 1
            ? Prose.count(shown, "run") + " show it."
            : "Only this run shows it"
                + (step.at() + 1 == trend.figures().size() ? ": measure it again." : "."));
  }

  private String subject(Trend trend) {
    String variant = trend.condition().variant();
    return names.code(trend.condition().strategy())
        + (variant.isEmpty() ? "" : " " + variant)
        + " on "
        + trend.condition().server()
        + " at "
        + TrendChart.load(trend);
  }

  private Table table() {
    List<String> columns =
        List.of("server", "strategy", "load", "figure", "step", "runs", "first", "newest");
    List<List<String>> rows = history.trends().stream().map(this::row).toList();
    return Table.of(columns, 5, rows);
  }

  private List<String> row(Trend trend) {
    String variant = trend.condition().variant();
    return List.of(
        trend.condition().server(),
        names.code(trend.condition().strategy()) + (variant.isEmpty() ? "" : " " + variant),
        TrendChart.load(trend),
        trend.figure().words(),
        trend.steps().isEmpty()
            ? "none"
            : Prose.list(
                trend.steps().stream()
                    .map(
                        step ->
                            (trend.better(step) ? "better" : "worse")
                                + " at "
                                + trend.figures().get(step.at()).run().commit())
                    .toList()),
        Integer.toString(trend.figures().size()),
        trend.figure().text(trend.figures().get(0)),
        trend.figure().text(trend.newest()));
  }

  private static String paragraph(String css, String text) {
    return "<p class=\"" + css + "\">" + Prose.html(text) + "</p>\n";
  }
}
