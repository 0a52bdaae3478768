package shedlab.report.metric;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shedlab.report.metric.Summary.Row;
import shedlab.report.raw.Floor;

/** The scores of every server, strategy and variant: one number each over all loads of a run. */
public record Scores(List<Score> scores) {
  /** The columns of {@code scores.csv}: server, strategy and variant, then every figure. */
  public static final List<Column<Score>> COLUMNS = columns(Floor.NOT_MEASURED);

  /** The scores of one server, strategy and variant. */
  public record Score(
      String server, String strategy, String variant, Map<ScoreMetric, Double> figures) {

    /** A figure; NaN where the run has no such load or figure. */
    public double get(ScoreMetric metric) {
      return figures.getOrDefault(metric, Double.NaN);
    }
  }

  private static List<Column<Score>> columns(Floor floor) {
    var columns = new ArrayList<Column<Score>>();
    columns.add(new Column<>("server", Unit.NONE, "its name", Score::server));
    columns.add(new Column<>("strategy", Unit.NONE, "its canonical text", Score::strategy));
    columns.add(
        new Column<>("variant", Unit.NONE, "its name; empty for the plain one", Score::variant));
    for (ScoreMetric metric : ScoreMetric.values()) {
      columns.add(metric.column());
    }
    columns.add(
        Column.machine(
            score ->
                Stream.of(ScoreMetric.values())
                    .filter(metric -> metric.within(floor, score))
                    .map(ScoreMetric::title)
                    .collect(Collectors.joining(" "))));
    return List.copyOf(columns);
  }

  /** The scores of every server, strategy and variant that has a figure. */
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
            scores.add(new Score(server, strategy, variant, figures(rows)));
          }
        }
      }
    }
    return new Scores(List.copyOf(scores));
  }

  private static Map<ScoreMetric, Double> figures(List<Row> rows) {
    var figures = new EnumMap<ScoreMetric, Double>(ScoreMetric.class);
    for (ScoreMetric metric : ScoreMetric.values()) {
      figures.put(metric, metric.of(rows));
    }
    return Collections.unmodifiableMap(figures);
  }

  /** The text of {@code scores.csv}; {@code results/FILES.md} describes its columns. */
  public String csv(Floor floor) throws IOException {
    return Column.csv(Column.ofRun(columns(floor), floor), scores);
  }
}
