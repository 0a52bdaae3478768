package shedlab.report.ramp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import shedlab.report.figure.RampChart;
import shedlab.report.finding.Ramp;
import shedlab.report.finding.RampWords;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.pair.Ratio;
import shedlab.report.table.Table;
import shedlab.report.text.Numbers;

/** The way up and the way down of a ramp side by side: that is what such a run asks. */
public final class RampSection {
  private RampSection() {}

  /** Nothing for a run without a ramp. */
  public static Optional<Section> of(Subject run) {
    if (run.ramp.ways().isEmpty()) {
      return Optional.empty();
    }
    RampWords words = new RampWords(run.ramp, run.names);
    var chart = RampChart.of(run.data, run.ramp, words);
    return Section.of(
        "ramp",
        "Up and down",
        Section.title(words.title(), "The way up and the way down"),
        run.chart(chart, "No time series.", chart.views()),
        Part.small(
            "Goodput in % of the capacity against the offered load: the line on the way up, dashes"
                + " on the way down. Dotted: all of the load up to the capacity, and the whole"
                + " capacity beyond. Medians of the valid runs around each load."),
        tables(run, words),
        Part.small(
            "Goodput in % of the capacity around each load: on the way up / on the way down. Last:"
                + " all of the way down beside all of the way up, run by run, with its 95 % interval"
                + " and the verdict."),
        Part.human("ramp"));
  }

  /** One for each load of the run: each passes other loads on its way. */
  private static Part tables(Subject run, RampWords words) {
    List<Part> tables =
        run.ramp.ways().stream()
            .map(ways -> ways.of().load())
            .distinct()
            .map(load -> Part.table(table(run, words, load)))
            .toList();
    return new Part(Part.joined(tables, true), Part.joined(tables, false));
  }

  private static Table table(Subject run, RampWords words, double load) {
    List<Ramp.Ways> all =
        run.ramp.ways().stream().filter(ways -> ways.of().load() == load).toList();
    List<String> columns = new ArrayList<>(List.of("strategy"));
    all.get(0).loads().forEach(at -> columns.add(Numbers.load(at.load())));
    columns.add("down beside up");
    List<List<String>> rows = new ArrayList<>();
    for (Ramp.Ways ways : all) {
      List<String> row = new ArrayList<>(List.of(words.name(ways)));
      for (Ramp.At at : ways.loads()) {
        row.add(Numbers.fixed(100 * at.up(), 0) + " / " + Numbers.fixed(100 * at.down(), 0));
      }
      row.add(Ratio.figure(ways.whole()) + ", " + ways.verdict().title());
      rows.add(row);
    }
    return Table.of(columns, 1, rows);
  }
}
