package shedlab.report.result;

import java.util.function.IntToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import shedlab.report.result.Course.Row;

/**
 * How a cell followed a change of load or capacity: the disturbance.
 *
 * <p>Goodput is taken as a mean of one second that moves in rows of the course. It is near a value
 * if it is short of it by no more than {@value #NEAR} of it, or by three standard deviations of a
 * Poisson count where that is more.
 *
 * @param settleSeconds from the disturbance's start until goodput stays near what it settles at,
 *     its mean in the last quarter of the disturbance; null if it had not by then, or if what it
 *     settles at is next to nothing
 * @param overshootMillis the worst p99 of admitted requests of any row from the disturbance's start
 *     on, over the deadline; zero if none was late
 * @param recoverySeconds from the disturbance's end until goodput stays near what is offered, or
 *     near the capacity if more is; null if it had not by the last quarter of the rest, or if there
 *     is no rest
 */
public record Dynamics(
    @Nullable Double settleSeconds, double overshootMillis, @Nullable Double recoverySeconds) {
  private static final double NEAR = 0.1;

  /** Rows of a moving mean: one second. */
  private static final int WINDOW = 1_000 / Course.ROW_MILLIS;

  /**
   * Judges a course.
   *
   * @param capacityPerSecond of the undisturbed server
   * @param fromSecond start of the disturbance, on the course's clock
   * @param toSecond its end; the course's end if it stays
   */
  public static Dynamics of(
      Course course,
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

  /** At least a whole window. */
  private static int quarter(int from, int to) {
    return Math.max(WINDOW, (to - from) / 4);
  }

  /** Seconds until every later window is near its target; null if not before the last quarter. */
  private static @Nullable Double near(
      Course course, int from, int to, IntToDoubleFunction target) {
    int first = to - WINDOW + 1;
    while (first > from && isNear(course, first - 1, target.applyAsDouble(first - 1))) {
      first--;
    }
    return first > to - quarter(from, to) ? null : (first - from) * Course.ROW_MILLIS / 1e3;
  }

  private static boolean isNear(Course course, int window, double target) {
    double missing = target - perSecond(course, window, window + WINDOW, Row::good);
    return missing <= Math.max(NEAR * target, 3 * Math.sqrt(target));
  }

  private static double perSecond(Course course, int from, int to, ToLongFunction<Row> count) {
    return course.rows().subList(from, to).stream().mapToLong(count).sum()
        * 1e3
        / ((to - from) * Course.ROW_MILLIS);
  }

  private static double overshoot(Course course, int from, long deadlineMillis) {
    return course.rows().subList(from, course.rows().size()).stream()
        .mapToDouble(row -> row.admittedP99Micros() / 1e3 - deadlineMillis)
        .filter(over -> over > 0) // and not NaN
        .max()
        .orElse(0);
  }
}
