package shedlab.report.league;

import java.io.IOException;
import java.util.List;
import shedlab.report.metric.Column;
import shedlab.report.metric.Unit;

/**
 * What becomes of a contender's regret when one of its settings is multiplied: a row of {@code
 * sensitivity.csv}.
 *
 * @param setting the piece and its key
 * @param value what it is without the factor
 * @param worst regret in points of the capacity, over a subset of the situations; the same for mean
 * @param goodputs in capacities, in each situation of the subset
 * @param content a digest of what they were computed from; equal content, equal goodputs
 */
public record SettingEffect(
    String contender,
    String setting,
    String value,
    double factor,
    double worst,
    double mean,
    List<Double> goodputs,
    String content) {
  /** Copies the list. */
  public SettingEffect {
    goodputs = List.copyOf(goodputs);
  }

  /** Columns of the file. */
  public static final List<Column<SettingEffect>> COLUMNS =
      List.of(
          new Column<>("contender", Unit.NONE, "who", SettingEffect::contender),
          new Column<>("setting", Unit.NONE, "the piece and its key", SettingEffect::setting),
          new Column<>("value", Unit.NONE, "without the factor", SettingEffect::value),
          new Column<>(
              "factor",
              Unit.NONE,
              "by which this setting alone is multiplied",
              e -> LeagueFiles.number(e.factor())),
          new Column<>(
              "worst",
              Unit.NONE,
              "greatest regret, in points of the capacity",
              e -> LeagueFiles.number(e.worst())),
          new Column<>(
              "mean", Unit.NONE, "mean regret, in points", e -> LeagueFiles.number(e.mean())),
          new Column<>(
              "goodputs",
              Unit.CAPACITY,
              "in each situation of the subset",
              e -> LeagueFiles.list(e.goodputs())),
          new Column<>(
              "content",
              Unit.NONE,
              "digest of what they were computed from: with the same one, nothing is computed again",
              SettingEffect::content));

  static SettingEffect of(CsvTable.Row row) throws IOException {
    return new SettingEffect(
        row.text("contender"),
        row.text("setting"),
        row.text("value"),
        row.number("factor"),
        row.number("worst"),
        row.number("mean"),
        row.numbers("goodputs"),
        row.text("content"));
  }
}
