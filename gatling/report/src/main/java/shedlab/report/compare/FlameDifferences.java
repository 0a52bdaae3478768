package shedlab.report.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import shedlab.report.Document;
import shedlab.report.flame.FlamePage;
import shedlab.report.flame.Stacks;
import shedlab.report.result.CellResult;
import shedlab.report.result.Condition;
import shedlab.report.result.RunFiles;
import shedlab.report.text.Numbers;

/**
 * The flame graphs of two profiled runs, one less the other: a page for each condition that both
 * have, made of the stacks of all of its valid cells.
 *
 * @param pages by condition
 */
record FlameDifferences(Map<Condition, String> pages) {
  private static final List<String> NOTES =
      List.of(
          "Width: the share of the CPU time of the server's threads in B. Red takes more of it"
              + " than in A, blue less; the stronger, the more. What is in A alone has no width."
              + " The stacks are those of all valid cells.");

  /**
   * Reads the stacks of both.
   *
   * @throws IOException that names the file, if it is not what it should be
   */
  static FlameDifferences between(RunFiles before, RunFiles after) throws IOException {
    Map<Condition, Stacks> one = stacks(before);
    Map<Condition, Stacks> other = stacks(after);
    Map<Condition, String> pages = new LinkedHashMap<>();
    one.forEach(
        (condition, stacks) -> {
          Stacks with = other.get(condition);
          if (with != null) {
            String title = "B less A: " + condition.words();
            pages.put(condition, FlamePage.difference(title, NOTES, stacks, with));
          }
        });
    return new FlameDifferences(pages);
  }

  private static Map<Condition, Stacks> stacks(RunFiles run) throws IOException {
    Map<Condition, Map<String, Long>> sums = new LinkedHashMap<>();
    for (CellResult cell : run.cells()) {
      Path folder = run.cellFolder(cell.key().id());
      if (cell.valid() && Files.isRegularFile(folder.resolve(Stacks.FILE))) {
        Map<String, Long> sum = sums.computeIfAbsent(Condition.of(cell), c -> new TreeMap<>());
        Stacks.read(folder)
            .weights()
            .forEach((stack, weight) -> sum.merge(stack, weight, Long::sum));
      }
    }
    Map<Condition, Stacks> found = new LinkedHashMap<>();
    sums.forEach((condition, sum) -> found.put(condition, new Stacks(sum)));
    return found;
  }

  /** The name of the file of each page. */
  private static String file(int number) {
    return "flame-" + number + ".html";
  }

  /** The pages by the names of their files. */
  Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    pages.values().forEach(page -> files.put(file(files.size() + 1), page));
    return files;
  }

  /**
   * Adds links to the pages; nothing without any.
   *
   * @param folder of the files, as seen from the page
   */
  void addTo(Document page, String folder) {
    if (pages.isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (Condition condition : pages.keySet()) {
      String link = "[flame graph](" + folder + "/" + file(rows.size() + 1) + ")";
      String strategy = PairRow.strategy(condition);
      rows.add(List.of(condition.server(), strategy, link, Numbers.load(condition.load())));
    }
    page.text(
        "Both runs were profiled. What B spends more than A is red, what it spends less blue.");
    page.table(List.of("server", "strategy", "difference", "load"), 3, rows);
  }
}
