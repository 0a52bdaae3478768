package shedlab.report.history;

import java.util.List;
import shedlab.report.metric.Better;
import shedlab.report.result.Condition;
import shedlab.report.statistics.Difference;

/**
 * A figure of one condition over the runs.
 *
 * @param figures one for each run that has it, the oldest first; two at least
 */
record Trend(Headlined figure, Condition condition, List<RunFigure> figures, List<Step> steps) {
  Trend(Headlined figure, Condition condition, List<RunFigure> figures) {
    this(figure, condition, figures, Step.of(figures, figure.least()));
  }

  RunFigure newest() {
    return figures.get(figures.size() - 1);
  }

  /** True if a step was for the better. */
  boolean better(Step step) {
    return step.after() > step.before() == (figure.metric().better() == Better.MORE);
  }

  /**
   * How many runs show what a step led to, up to the next one or to the newest run: those that lie
   * beyond their band on the same side of what was before.
   */
  int shown(Step step) {
    int end =
        steps.stream()
            .mapToInt(Step::at)
            .filter(at -> at > step.at())
            .findFirst()
            .orElse(figures.size());
    double way = Math.signum(step.after() - step.before());
    return (int)
        figures.subList(step.at(), end).stream()
            .filter(run -> way * Difference.between(run.value(), step.before()) > run.band())
            .count();
  }
}
