package shedlab.bench.advise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.statistics.Difference;
import shedlab.report.statistics.FalseClaims;

/**
 * By how much one goodput differs from another under the same arrivals, in capacities, and the
 * verdict of the harness on that.
 */
record Margin(Difference difference, Verdict verdict) {
  /** Smaller differences do not matter: one point of the capacity. */
  static final double PRECISION = 0.01;

  private static final double FALSE_CLAIMS = 0.05;

  /**
   * The margins of several others from one; each is judged as one claim among all of them.
   *
   * @param others the figures of each, by seed
   * @param one its figures, by seed
   */
  static List<Margin> of(List<double[]> others, double[] one) {
    List<Difference> differences = new ArrayList<>();
    for (double[] other : others) {
      double[] each = new double[one.length];
      for (int i = 0; i < one.length; i++) {
        each[i] = other[i] - one[i];
      }
      differences.add(Difference.mean(each));
    }
    double[] q = FalseClaims.shares(differences.stream().mapToDouble(Difference::p).toArray());
    List<Margin> margins = new ArrayList<>();
    for (int i = 0; i < q.length; i++) {
      margins.add(new Margin(differences.get(i), verdict(differences.get(i), q[i])));
    }
    return List.copyOf(margins);
  }

  private static Verdict verdict(Difference difference, double q) {
    boolean none = difference.interval().holds(0);
    if (!none && Math.abs(difference.mean()) > PRECISION && q <= FALSE_CLAIMS) {
      return difference.mean() > 0 ? Verdict.BETTER : Verdict.WORSE;
    }
    return difference.farthest() <= PRECISION || (none && difference.halfWidth() <= PRECISION)
        ? Verdict.EQUAL
        : Verdict.NOT_TOLD_APART;
  }

  /** In points of the capacity. */
  double points() {
    return 100 * difference.mean();
  }

  /** In points, with the 95 % interval: {@code -3.1 [-3.9, -2.3]}. */
  String text() {
    return text(points(), "%+.1f [%+.1f, %+.1f]");
  }

  /** The same as what is lost: {@code 3.1 [2.3, 3.9]}. */
  String loss() {
    return text(-points(), "%.1f [%.1f, %.1f]");
  }

  private String text(double points, String form) {
    double half = 100 * difference.halfWidth();
    return String.format(
        Locale.ROOT, form, rounded(points), rounded(points - half), rounded(points + half));
  }

  /** To one digit, and never a zero below zero. */
  private static double rounded(double points) {
    return Math.round(10 * points) / 10.0 + 0.0;
  }
}
