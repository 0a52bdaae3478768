package shedlab.report.statistics;

import java.util.List;

/** Whether two rankings agree (Kendall 1945); the statistics library has no rank correlation. */
public final class Kendall {
  private Kendall() {}

  /**
   * Tau-b: 1 if both rank alike, -1 if one is the reverse of the other; pairs that are tied in one
   * of them count for neither. NaN if all are tied in one.
   *
   * @param pairs two figures each
   */
  public static double tauB(List<double[]> pairs) {
    long agree = 0;
    long tiedFirst = 0;
    long tiedSecond = 0;
    long all = 0;
    for (int i = 0; i < pairs.size(); i++) {
      for (int j = i + 1; j < pairs.size(); j++) {
        int first = Double.compare(pairs.get(i)[0], pairs.get(j)[0]);
        int second = Double.compare(pairs.get(i)[1], pairs.get(j)[1]);
        agree += (long) Integer.signum(first) * Integer.signum(second);
        tiedFirst += first == 0 ? 1 : 0;
        tiedSecond += second == 0 ? 1 : 0;
        all++;
      }
    }
    return agree / Math.sqrt((double) (all - tiedFirst) * (all - tiedSecond));
  }
}
