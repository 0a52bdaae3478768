package shedlab.report.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import shedlab.report.result.CellResult;
import shedlab.report.text.Prose;

/** What nobody knows of servers that are not ours. */
final class NotKnown {
  private static final String COUNTS = "server: counts";

  private NotKnown() {}

  /** A sentence for each thing that is not known of some server. */
  static List<String> of(List<CellResult> cells) {
    List<CellResult> done =
        cells.stream().filter(cell -> cell.judgement().failure() == null).toList();
    List<String> sentences = new ArrayList<>();
    add(
        sentences,
        servers(done, cell -> cell.serverSide().meanInflight() == null),
        "Seen from outside alone: %s. Nobody knows how many requests are in flight or waiting"
            + " there, what limit holds, or what CPU time a task takes; its capacity is that of a"
            + " few clients that ask again when they are answered, and each row had a fresh"
            + " process, unless it ran already.");
    add(
        sentences,
        servers(done, NotKnown::tellsNoCounts),
        "Without counts of its own: %s. Only the clients and Gatling's log are witnesses of what"
            + " was answered, and a request that the server dropped looks like a lost one.");
    add(
        sentences,
        servers(done, cell -> cell.serverSide().cpuShare() == null),
        "Without CPU time: %s. It runs where this machine does not see it, perhaps beside others.");
    return sentences;
  }

  private static void add(List<String> sentences, List<String> servers, String sentence) {
    if (!servers.isEmpty()) {
      sentences.add(String.format(sentence, Prose.list(servers)));
    }
  }

  private static boolean tellsNoCounts(CellResult cell) {
    return cell.judgement().checks().stream().anyMatch(check -> check.name().equals(COUNTS));
  }

  private static List<String> servers(List<CellResult> cells, Predicate<CellResult> which) {
    return cells.stream()
        .filter(which)
        .map(cell -> "`" + cell.server() + "`")
        .distinct()
        .sorted()
        .toList();
  }
}
