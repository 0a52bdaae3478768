package shedlab.report.history;

import java.util.ArrayList;
import java.util.List;
import shedlab.report.statistics.Difference;

/**
 * A run whose figure left that of the runs before it.
 *
 * <p>The rule, for few runs: the 95 % interval of the run's figure and that of the mean of the runs
 * before it, back to the last step, do not overlap, and the two differ by more than the run's band.
 * From {@value #OWN_SPREAD} runs before it on, their mean has the wider of two intervals: the one
 * that follows from the spread of blocks within runs (Welch), and the one that follows from the
 * spread between the runs. A goodput that changed by less than one point of the capacity, or two
 * response times that are both the machine's, make no step.
 *
 * @param at the run's place in the trend
 * @param before the mean of the runs before it
 * @param after the run's own
 */
record Step(int at, double before, double after) {
  /** With fewer runs, the spread between them says hardly anything. */
  private static final int OWN_SPREAD = 3;

  /** Every step of a trend, the oldest first. */
  static List<Step> of(List<RunFigure> figures, double least) {
    List<Step> steps = new ArrayList<>();
    int since = 0;
    for (int i = 1; i < figures.size(); i++) {
      List<RunFigure> before = figures.subList(since, i);
      RunFigure now = figures.get(i);
      Difference mean = mean(before);
      if (leaves(before, mean, now, least)) {
        steps.add(new Step(i, mean.mean(), now.value()));
        since = i;
      }
    }
    return List.copyOf(steps);
  }

  private static boolean leaves(
      List<RunFigure> before, Difference mean, RunFigure now, double least) {
    boolean apart =
        now.low() > mean.mean() + mean.halfWidth() || now.high() < mean.mean() - mean.halfWidth();
    boolean machines = now.machines() && before.stream().allMatch(RunFigure::machines);
    return apart
        && !machines
        && Math.abs(Difference.between(now.value(), mean.mean())) > now.band()
        && Math.abs(now.value() - mean.mean()) >= least;
  }

  /** The mean of the figures of some runs, with the wider of its intervals. */
  private static Difference mean(List<RunFigure> runs) {
    Difference within = Difference.meanOfMeans(runs.stream().map(RunFigure::values).toList());
    if (runs.size() < OWN_SPREAD) {
      return within;
    }
    Difference between = Difference.mean(runs.stream().mapToDouble(RunFigure::value).toArray());
    return between.halfWidth() > within.halfWidth() ? between : within;
  }
}
