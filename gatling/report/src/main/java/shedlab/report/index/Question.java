package shedlab.report.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import shedlab.report.history.PastRun;

/**
 * A question and the runs that answer it.
 *
 * @param anchor the name of its place on the page
 * @param text the question in the newest words that its experiment had for it
 * @param runs the best first, then the others, the newest first
 */
record Question(String anchor, String text, List<ListedRun> runs) {
  private static final Comparator<ListedRun> NEWEST_FIRST =
      Comparator.comparing(ListedRun::run, PastRun.BY_TIME).reversed();

  /**
   * The questions of some runs, that of the newest run first. Runs of one experiment ask one
   * question; with settings of one's own, another one.
   */
  static List<Question> of(Collection<ListedRun> runs) {
    Map<String, List<ListedRun>> groups = new LinkedHashMap<>();
    runs.stream()
        .sorted(NEWEST_FIRST)
        .forEach(run -> groups.computeIfAbsent(key(run), k -> new ArrayList<>()).add(run));
    List<Question> questions = new ArrayList<>();
    groups.forEach((key, newestFirst) -> questions.add(of(key, newestFirst)));
    return List.copyOf(questions);
  }

  private static String key(ListedRun run) {
    return run.plan().purpose().experiment() + (run.ownSettings().isEmpty() ? "" : "-own");
  }

  private static Question of(String key, List<ListedRun> newestFirst) {
    ListedRun newest = newestFirst.get(0);
    ListedRun best = newestFirst.stream().min(ListedRun.BEST_FIRST).orElseThrow();
    String text =
        newest.ownSettings().isEmpty()
            ? newest.plan().purpose().question()
            : "`" + newest.plan().purpose().experiment() + "` with settings of your own";
    return new Question(
        key,
        text,
        Stream.concat(Stream.of(best), newestFirst.stream().filter(run -> !run.equals(best)))
            .toList());
  }

  ListedRun best() {
    return runs.get(0);
  }

  List<ListedRun> others() {
    return runs.subList(1, runs.size());
  }

  /**
   * Its runs, as the course over commits takes them: of two copies, the published one counts; of
   * runs with settings of one's own, those with the settings of the newest.
   */
  List<PastRun> bestFirst() {
    String settings = runs.stream().min(NEWEST_FIRST).map(ListedRun::ownSettings).orElse("");
    return runs.stream()
        .filter(run -> run.ownSettings().equals(settings))
        .sorted(ListedRun.BEST_FIRST)
        .map(ListedRun::run)
        .toList();
  }
}
