package shedlab.report.result;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import shedlab.report.result.Summary.Row;

/** Both kinds of failure of every server and strategy, over all loads of a run. */
public record Scores(List<Score> scores) {
  private static final double FROM = 0.5;
  private static final double TO = 3;
  private static final double OVERLOAD = 2;

  /**
   * The scores of one. NaN where the run has no such load or figure.
   *
   * @param peakShare the greatest goodput at any load, as a share of the capacity
   * @param retainedAt2x goodput at 2x as a share of the peak
   * @param topLoad the highest load with figures
   * @param retainedAtTop goodput there as a share of the peak
   * @param areaRegret mean regret over the loads between 0.5x and 3x, by trapezoids: what was lost
   *     of the capacity to the best that could be done
   * @param falseShedShare the greatest share of requests shed at any load below 1x
   * @param admittedP99Micros at 2x; likewise the next three
   * @param cpuPerShedMicros at the highest load where it can be told from the noise of the capacity
   * @param settleSeconds the slowest at any load; likewise the others
   * @param jain the least fair at any load
   */
  public record Score(
      String server,
      String strategy,
      String variant,
      double peakShare,
      double retainedAt2x,
      double topLoad,
      double retainedAtTop,
      double areaRegret,
      double falseShedShare,
      double admittedP99Micros,
      double shedP99Micros,
      double wastedShare,
      double cpuPerGoodMicros,
      double cpuPerShedMicros,
      double settleSeconds,
      double overshootMillis,
      double recoverySeconds,
      double jain) {}

  /** Of every server, strategy and variant that has any figure. */
  public static Scores of(Summary summary) {
    var scores = new ArrayList<Score>();
    for (String server : summary.servers()) {
      for (String strategy : summary.strategies()) {
        for (String variant : summary.variants()) {
          List<Row> rows =
              summary.rows().stream()
                  .filter(r -> r.server().equals(server) && r.strategy().equals(strategy))
                  .filter(r -> r.variant().equals(variant) && r.hasFigures())
                  .sorted(Comparator.comparingDouble(Row::load))
                  .toList();
          if (!rows.isEmpty()) {
            scores.add(score(rows));
          }
        }
      }
    }
    return new Scores(List.copyOf(scores));
  }

  private static Score score(List<Row> rows) {
    Row top = rows.get(rows.size() - 1);
    double peak = greatest(rows, Row::goodputShare);
    Optional<Row> overload = rows.stream().filter(r -> r.load() == OVERLOAD).findFirst();
    return new Score(
        top.server(),
        top.strategy(),
        top.variant(),
        peak,
        of(overload, Row::goodputShare) / peak,
        top.load(),
        top.goodputShare() / peak,
        areaRegret(rows),
        greatest(rows.stream().filter(r -> r.load() < 1).toList(), r -> r.shares().shed()),
        of(overload, r -> p99(r.admitted())),
        of(overload, r -> p99(r.shed())),
        of(overload, r -> r.costs().wastedShare()),
        of(overload, r -> r.costs().cpuPerGoodMicros()),
        rows.stream()
            .mapToDouble(r -> r.costs().cpuPerShedMicros())
            .filter(cost -> !Double.isNaN(cost))
            .reduce(Double.NaN, (lower, higher) -> higher),
        greatest(rows, r -> r.reaction().settleSeconds()),
        greatest(rows, r -> r.reaction().overshootMillis()),
        greatest(rows, r -> r.reaction().recoverySeconds()),
        -greatest(rows, r -> -r.fairness().jain()));
  }

  private static double p99(Latency latency) {
    return latency.count() == 0 ? Double.NaN : latency.p99();
  }

  private static double of(Optional<Row> row, ToDoubleFunction<Row> figure) {
    return row.isEmpty() ? Double.NaN : figure.applyAsDouble(row.get());
  }

  private static double greatest(List<Row> rows, ToDoubleFunction<Row> of) {
    return rows.stream()
        .mapToDouble(of)
        .filter(figure -> !Double.isNaN(figure))
        .max()
        .orElse(Double.NaN);
  }

  /** Over what the loads span of the range; NaN of fewer than two loads in it. */
  private static double areaRegret(List<Row> rows) {
    List<Row> range = rows.stream().filter(r -> r.load() >= FROM && r.load() <= TO).toList();
    double area = 0;
    for (int i = 1; i < range.size(); i++) {
      Row left = range.get(i - 1);
      Row right = range.get(i);
      area += (right.load() - left.load()) * (left.regret() + right.regret()) / 2;
    }
    return range.size() < 2
        ? Double.NaN
        : area / (range.get(range.size() - 1).load() - range.get(0).load());
  }

  /** The text of {@code scores.csv}; {@code results/README.md} describes its columns. */
  public String csv() throws IOException {
    var text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(
          "server",
          "strategy",
          "variant",
          "peak_share",
          "retained_2x",
          "top_load",
          "retained_top",
          "area_regret",
          "false_shed_share",
          "admitted_p99_2x_us",
          "shed_p99_2x_us",
          "wasted_2x_share",
          "cpu_per_good_2x_us",
          "cpu_per_shed_us",
          "settle_s",
          "overshoot_ms",
          "recovery_s",
          "jain");
      for (Score s : scores) {
        csv.writeRecord(
            s.server(),
            s.strategy(),
            s.variant(),
            Fields.number(s.peakShare(), 4),
            Fields.number(s.retainedAt2x(), 4),
            Fields.number(s.topLoad(), 2),
            Fields.number(s.retainedAtTop(), 4),
            Fields.number(s.areaRegret(), 4),
            Fields.number(s.falseShedShare(), 5),
            Fields.number(s.admittedP99Micros(), 0),
            Fields.number(s.shedP99Micros(), 0),
            Fields.number(s.wastedShare(), 4),
            Fields.number(s.cpuPerGoodMicros(), 1),
            Fields.number(s.cpuPerShedMicros(), 1),
            Fields.number(s.settleSeconds(), 1),
            Fields.number(s.overshootMillis(), 1),
            Fields.number(s.recoverySeconds(), 1),
            Fields.number(s.jain(), 4));
      }
    }
    return text.toString();
  }
}
