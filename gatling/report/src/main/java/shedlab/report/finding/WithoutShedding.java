package shedlab.report.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import shedlab.report.metric.Summary.Row;
import shedlab.report.result.Manifest;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/** What happens to goodput under overload without shedding. */
final class WithoutShedding {
  /** From this load on it is overload, whatever the error of the capacity. */
  private static final double OVERLOAD = 1.2;

  private WithoutShedding() {}

  /** In a sentence, at the least and the highest overload; empty if the run has none of it. */
  static String of(Manifest manifest, List<Double> loads, DoubleFunction<List<Row>> at) {
    List<Double> overloads = loads.stream().filter(l -> l >= OVERLOAD).sorted().toList();
    List<String> parts = new ArrayList<>();
    for (double load : overloads) {
      List<Row> rows =
          at.apply(load).stream().filter(r -> r.strategy().equals(StrategyNames.NONE)).toList();
      boolean edge = load == overloads.get(0) || load == overloads.get(overloads.size() - 1);
      if (edge && !rows.isEmpty()) {
        parts.add(
            Runs.percents(rows)
                + (parts.isEmpty() ? " of the capacity" : "")
                + (manifest.plateau() ? " at " + Numbers.load(load) : ""));
      }
    }
    return parts.isEmpty()
        ? ""
        : "Without shedding (`none`), goodput was " + Prose.list(parts) + ".";
  }
}
