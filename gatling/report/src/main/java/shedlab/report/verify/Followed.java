package shedlab.report.verify;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;
import shedlab.report.raw.ClientCsv;
import shedlab.report.result.Dynamics;

/** Recomputes how a cell followed a change, with prefix sums. */
final class Followed {
  /** Number of rows in a window: one second. */
  private static final int WINDOW = 1_000 / ClientCsv.ROW_MILLIS;

  private final List<ClientCsv.Row> rows;
  private final long[] good;
  private final long[] offered;

  private Followed(List<ClientCsv.Row> rows) {
    this.rows = rows;
    this.good = new long[rows.size() + 1];
    this.offered = new long[rows.size() + 1];
    for (int i = 0; i < rows.size(); i++) {
      good[i + 1] = good[i] + rows.get(i).good();
      offered[i + 1] = offered[i] + rows.get(i).offered();
    }
  }

  /** What {@link Dynamics} should be for a disturbance between two seconds. */
  static Dynamics of(
      ClientCsv course, double capacity, long deadlineMillis, double from, double to) {
    var followed = new Followed(course.rows());
    int begin = followed.row(from);
    int end = followed.row(to);
    return new Dynamics(
        followed.settle(capacity, begin, end),
        followed.overshoot(begin, deadlineMillis),
        followed.since(
            end,
            course.rows().size(),
            window -> Math.min(capacity, perSecond(followed.offered, window, window + WINDOW))));
  }

  /**
   * The same of a change that may have been so many rows later than planned, at either end: what
   * was found, if any of these moments explains it, else that of the plan.
   */
  static Dynamics late(
      ClientCsv course,
      double capacity,
      long deadlineMillis,
      double[] planned,
      int lateRows,
      Dynamics found) {
    double row = ClientCsv.ROW_MILLIS / 1e3;
    for (int a = 0; a <= lateRows; a++) {
      for (int b = 0; b <= lateRows; b++) {
        Dynamics again =
            of(course, capacity, deadlineMillis, planned[0] + a * row, planned[1] + b * row);
        if (again.equals(found)) {
          return again;
        }
      }
    }
    return of(course, capacity, deadlineMillis, planned[0], planned[1]);
  }

  private int row(double second) {
    return (int) rows.stream().filter(row -> row.second() < second - 1e-9).count();
  }

  private @Nullable Double settle(double capacity, int begin, int end) {
    if (end == begin) {
      return null;
    }
    int tail = Math.max(end - Math.max(WINDOW, (end - begin) / 4), begin);
    double level = perSecond(good, tail, end);
    boolean collapsed = level <= 0.1 * Math.min(capacity, perSecond(offered, tail, end));
    return collapsed ? null : since(begin, end, window -> level);
  }

  /** Seconds until the end of the last window below its target. */
  private @Nullable Double since(int begin, int end, IntToDoubleFunction target) {
    int near = begin;
    for (int window = begin; window + WINDOW <= end; window++) {
      double wanted = target.applyAsDouble(window);
      double missing = wanted - perSecond(good, window, window + WINDOW);
      if (missing > Math.max(0.1 * wanted, 3 * Math.sqrt(wanted))) {
        near = window + 1;
      }
    }
    int rest = Math.max(WINDOW, (end - begin) / 4);
    return near > end - rest ? null : (near - begin) * ClientCsv.ROW_MILLIS / 1e3;
  }

  private double overshoot(int begin, long deadlineMillis) {
    double worst = 0;
    for (ClientCsv.Row row : rows.subList(begin, rows.size())) {
      worst = Math.max(worst, row.p99Micros() / 1e3 - deadlineMillis);
    }
    return worst;
  }

  private static double perSecond(long[] sums, int from, int to) {
    return (sums[to] - sums[from]) * 1e3 / ((to - from) * ClientCsv.ROW_MILLIS);
  }
}
