package shedlab.report.raw;

import java.util.function.IntToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import shedlab.report.raw.ClientCsv.Row;
import shedlab.report.result.Dynamics;

/** Computes from the time series of a cell how it followed a change of load or capacity. */
public final class Reaction {
  private static final double NEAR = 0.1;

  /** Number of rows in a moving mean: one second. */
  private static final int WINDOW = 1_000 / ClientCsv.ROW_MILLIS;

  private Reaction() {}

  /**
   * Judges a course.
   *
   * @param capacityPerSecond of the undisturbed server
   * @param fromSecond start of the disturbance, on the course's clock
   * @param toSecond its end; the course's end if it lasts
   */
  public static Dynamics of(
      ClientCsv course,
      double capacityPerSecond,
      long deadlineMillis,
      double fromSecond,
      double toSecond) {
    int from = course.at(fromSecond);
    int to = course.at(toSecond);
    int end = course.rows().size();
    int tail = Math.max(to - quarter(from, to), from);
    double level = to == from ? 0 : perSecond(course, tail, to, Row::good);
    double possible =
        to == from ? 0 : Math.min(capacityPerSecond, perSecond(course, tail, to, Row::offered));
    return new Dynamics(
        level <= NEAR * possible ? null : near(course, from, to, window -> level),
        overshoot(course, from, deadlineMillis),
        near(
            course,
            to,
            end,
            window ->
                Math.min(
                    capacityPerSecond, perSecond(course, window, window + WINDOW, Row::offered))));
  }

  /** A quarter of the rows, but at least one window. */
  private static int quarter(int from, int to) {
    return Math.max(WINDOW, (to - from) / 4);
  }

  /** Seconds until all later windows are near their target; null if not before the last quarter. */
  private static @Nullable Double near(
      ClientCsv course, int from, int to, IntToDoubleFunction target) {
    int first = to - WINDOW + 1;
    while (first > from && isNear(course, first - 1, target.applyAsDouble(first - 1))) {
      first--;
    }
    return first > to - quarter(from, to) ? null : (first - from) * ClientCsv.ROW_MILLIS / 1e3;
  }

  private static boolean isNear(ClientCsv course, int window, double target) {
    double missing = target - perSecond(course, window, window + WINDOW, Row::good);
    return missing <= Math.max(NEAR * target, 3 * Math.sqrt(target));
  }

  private static double perSecond(ClientCsv course, int from, int to, ToLongFunction<Row> count) {
    return course.rows().subList(from, to).stream().mapToLong(count).sum()
        * 1e3
        / ((to - from) * ClientCsv.ROW_MILLIS);
  }

  private static double overshoot(ClientCsv course, int from, long deadlineMillis) {
    return course.rows().subList(from, course.rows().size()).stream()
        .mapToDouble(row -> row.p99Micros() / 1e3 - deadlineMillis)
        .filter(over -> over > 0)
        .max()
        .orElse(0);
  }
}
