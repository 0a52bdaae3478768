package shedlab.report.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import shedlab.report.result.CellResult;
import shedlab.report.result.Dynamics;
import shedlab.report.result.Manifest;
import shedlab.report.result.Variant;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/**
 * In how many cells goodput recovered after the disturbance or the cold start, by strategy; in how
 * many it settled, if the disturbance does not end.
 */
final class Recovery {
  /** From what goodput recovers. */
  enum Event {
    DISTURBANCE("After the disturbance, goodput recovered in "),
    /** There is nothing to recover from: what changes stays as it is. */
    CHANGE("After the change, goodput settled in "),
    COLD_START("From a cold start, goodput came up in ");

    private final String words;

    Event(String words) {
      this.words = words;
    }

    /** In a plateau with cells that are cold, nothing else is recovered from. */
    static Event of(Manifest plan) {
      boolean cold = plan.grid().variants().stream().anyMatch(v -> plan.startsCold(v.name()));
      return plan.changesForGood() ? CHANGE : cold && plan.plateau() ? COLD_START : DISTURBANCE;
    }
  }

  private Recovery() {}

  static String of(
      Event event, List<String> strategies, List<CellResult> cells, StrategyNames names) {
    List<String> clauses = new ArrayList<>();
    int others = 0;
    for (String strategy : strategies) {
      List<Dynamics> disturbed =
          cells.stream()
              .filter(c -> c.strategy().equals(strategy) && c.valid())
              .filter(c -> !c.variant().equals(Variant.TWIN))
              .flatMap(c -> Stream.ofNullable(c.clientSide().dynamics()))
              .toList();
      long back =
          disturbed.stream()
              .filter(
                  d -> (event == Event.CHANGE ? d.settleSeconds() : d.recoverySeconds()) != null)
              .count();
      if (back < disturbed.size()) {
        String of =
            clauses.isEmpty()
                ? Prose.count(disturbed.size(), "cell")
                : Integer.toString(disturbed.size());
        clauses.add(back + " of " + of + " with " + names.code(strategy));
      } else {
        others += disturbed.size();
      }
    }
    if (others > 0) {
      String all = others == 1 ? "the " : "all " + others + " ";
      clauses.add(all + (clauses.isEmpty() ? "cell" : "other") + (others == 1 ? "" : "s"));
    }
    return clauses.isEmpty() ? "" : event.words + Prose.list(clauses) + ".";
  }
}
