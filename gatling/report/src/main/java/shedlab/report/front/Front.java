package shedlab.report.front;

import java.util.Optional;
import shedlab.report.chart.Chart;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;

/** The answer: above everything else on the page, and the first section of the write-up. */
public final class Front {
  private Front() {}

  /** Empty if the run cannot say which strategy to use over a range of loads. */
  public static Optional<Section> of(Subject run) {
    return Ranking.of(run).flatMap(ranking -> section(run, ranking));
  }

  private static Optional<Section> section(Subject run, Ranking ranking) {
    var advice = new Advice(ranking);
    var table = new RankedTable(ranking);
    Chart load = LoadFigure.of(ranking);
    Chart cost = CostFigure.of(ranking);
    boolean recommends = advice.recommends();
    return Section.of(
        Section.ANSWER,
        "Answer",
        advice.title(),
        open("front"),
        recommends ? open("advice") : Part.NOTHING,
        recommends ? advice.texts() : Part.NOTHING,
        recommends ? Part.text(advice.sentence()) : Part.NOTHING,
        recommends ? Part.heading("Not if") : Part.NOTHING,
        recommends ? Part.list(advice.whenNot()) : Part.NOTHING,
        recommends ? close() : Part.NOTHING,
        open("standing"),
        table.part(),
        open("beside figures"),
        run.chart(load, "Nothing was measured.", load.views()),
        cost.isEmpty() ? Part.NOTHING : run.chart(cost, "", cost.views()),
        close(),
        close(),
        close(),
        table.legend(),
        Part.human("answer"));
  }

  private static Part open(String name) {
    return new Part("<div class=\"" + name + "\">", "");
  }

  private static Part close() {
    return new Part("</div>", "");
  }
}
