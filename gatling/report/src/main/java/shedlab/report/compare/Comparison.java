package shedlab.report.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import shedlab.report.Document;
import shedlab.report.metric.Metric;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.pair.Pairs;
import shedlab.report.pair.Precision;
import shedlab.report.raw.Floor;
import shedlab.report.result.CellResult;
import shedlab.report.result.Condition;
import shedlab.report.result.RunFiles;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/**
 * A run compared with an earlier one, by the ratio of blocks with the same number, which had the
 * same arrivals. A change of the machine between the two runs is part of the ratios and cannot be
 * told from the effect of the change under test.
 */
public final class Comparison {
  private final RunFiles before;
  private final RunFiles after;
  private final List<Pair> pairs;
  private final boolean measuredFloor;
  private final CpuDifferences cpu;
  private final FlameDifferences flames;

  private Comparison(RunFiles before, RunFiles after) throws IOException {
    this.before = before;
    this.after = after;
    Floor floorBefore = Floor.read(before.folder());
    Floor floorAfter = Floor.read(after.folder());
    this.cpu = CpuDifferences.between(before, after);
    this.flames = FlameDifferences.between(before, after);
    this.measuredFloor = floorBefore.measured() || floorAfter.measured();
    this.pairs =
        Pairs.between(
                before.manifest(),
                before.cells(),
                floorBefore,
                after.manifest(),
                after.cells(),
                floorAfter)
            .pairs();
  }

  /**
   * Compares any two runs; {@link #obstacles} says whether the comparison is valid.
   *
   * @throws IOException if the noise floor or the samples of one cannot be read
   */
  public static Comparison of(RunFiles before, RunFiles after) throws IOException {
    return new Comparison(before, after);
  }

  String beforeName() {
    return before.name();
  }

  String afterName() {
    return after.name();
  }

  /** The part of a file's name that names both folders. */
  public String names() {
    return beforeName() + "-" + afterName();
  }

  /** The folder of {@link #flameGraphs}, beside the page. */
  public String flameFolder() {
    return "compare-" + names();
  }

  /** Flame graphs of the difference by the names of their files; none unless both are profiled. */
  public Map<String, String> flameGraphs() {
    return flames.files();
  }

  /** Why the two cannot be compared, {@code key: A and B (expected: rule)}; empty if they can. */
  public List<String> obstacles() {
    return inTheWay().stream().map(Obstacle::text).toList();
  }

  private List<Obstacle> inTheWay() {
    var found = new ArrayList<>(Obstacle.between(before, after));
    if (pairs.isEmpty()) {
      found.add(Obstacle.nothingInCommon(before, after));
    }
    return found;
  }

  /** Why no difference could be found even on the same machine: too few blocks in every pair. */
  public Optional<String> powerless() {
    int most = pairs.stream().mapToInt(p -> p.blocks()).max().orElse(0);
    return most >= Pairs.LEAST_BLOCKS
        ? Optional.empty()
        : Optional.of(
            "repeats: "
                + most
                + " that are valid in both (expected: "
                + Pairs.LEAST_BLOCKS
                + " or more)");
  }

  /** A condition that could be judged before, of which too few cells are valid now. */
  public Optional<String> lost() {
    Map<Condition, List<CellResult>> earlier = Condition.grouped(before.manifest(), before.cells());
    return Condition.grouped(after.manifest(), after.cells()).entrySet().stream()
        .filter(now -> valid(now.getValue()) < Pairs.LEAST_BLOCKS)
        .filter(now -> valid(earlier.getOrDefault(now.getKey(), List.of())) >= Pairs.LEAST_BLOCKS)
        .map(
            now ->
                now.getKey().words()
                    + ": "
                    + valid(now.getValue())
                    + " valid cells (expected: "
                    + Pairs.LEAST_BLOCKS
                    + " or more, as before)")
        .findFirst();
  }

  private static long valid(List<CellResult> cells) {
    return cells.stream().filter(CellResult::valid).count();
  }

  /** Whether the two can be compared, and why not: the first line of a comparison. */
  public String verdict() {
    String both = "`" + beforeName() + "` and `" + afterName() + "` can";
    List<Obstacle> found = inTheWay();
    if (!found.isEmpty()) {
      List<String> reasons = found.stream().map(Obstacle::reason).distinct().toList();
      return both + "not be compared: " + Prose.list(reasons);
    }
    return both
        + " be compared"
        + (powerless().isPresent() ? ", but nothing can be told apart: too few blocks" : "");
  }

  /** What became worse beyond noise; a smaller share of a greater capacity does not count. */
  public List<Pair> regressions() {
    return pairs.stream()
        .filter(p -> p.claim().verdict() == Verdict.WORSE && p.measure() != Metric.GOODPUT_SHARE)
        .toList();
  }

  /** Every pair, judged or not. */
  List<Pair> pairs() {
    return pairs;
  }

  /** The pairs whose verdict is better or worse. */
  List<Pair> different() {
    return pairs.stream().filter(p -> p.claim().verdict().different()).toList();
  }

  /** What changed between the two runs besides the figures, the plan's first. */
  List<Change> changes() {
    return Change.between(before, after);
  }

  /** Whether one of the two measured its machine's noise floor, so that rows may be marked. */
  boolean measuredFloor() {
    return measuredFloor;
  }

  /** Where the CPU time went in one run and not in the other. */
  void addCpu(Document page) {
    cpu.addTo(page);
    flames.addTo(page, flameFolder());
  }

  /**
   * The comparison, for the terminal, a page and a file alike.
   *
   * @param all whether to list every pair, also those without a difference
   */
  public Document document(boolean all) {
    return new ComparisonPage(this).document(all);
  }

  /** What differs, in a sentence. */
  String differs() {
    long worse = count(Verdict.WORSE);
    long better = count(Verdict.BETTER);
    return worse + better == 0
        ? "No figure became better or worse by more than the precision and what identical (A/A) runs"
            + " differ by."
        : "Of "
            + Prose.count(pairs.size(), "comparison")
            + ", "
            + worse
            + " became worse and "
            + better
            + " better by more than the precision and what identical (A/A) runs differ by.";
  }

  /** All that is not said of each of the other pairs, in a sentence; empty without any. */
  String rest() {
    long equal = count(Verdict.EQUAL);
    String precision = Numbers.percentAbove(Precision.of(after.manifest()).share());
    List<String> clauses = new ArrayList<>();
    if (equal > 0) {
      clauses.add(
          Prose.count(equal, "comparison") + " found no difference at a precision of " + precision);
    }
    long machines = machines();
    add(
        clauses,
        count(Verdict.NOT_TOLD_APART) - machines,
        "not told apart: more blocks would tell");
    add(clauses, machines, "within twice the machine's noise floor in both runs");
    add(
        clauses,
        count(Verdict.TOO_FEW),
        "not judged: fewer than " + Pairs.LEAST_BLOCKS + " blocks");
    add(clauses, count(Verdict.NOT_TESTED), "not tested: no block has a figure of both");
    return clauses.isEmpty() ? "" : String.join("; ", clauses) + ".";
  }

  private static void add(List<String> clauses, long count, String words) {
    if (count > 0) {
      String were = count == 1 ? " was " : " were ";
      clauses.add(
          (clauses.isEmpty() ? Prose.count(count, "comparison") : Long.toString(count))
              + were
              + words);
    }
  }

  private long count(Verdict verdict) {
    return pairs.stream().filter(p -> p.claim().verdict() == verdict).count();
  }

  /** Those that more blocks would not tell apart either. */
  private long machines() {
    return pairs.stream()
        .filter(p -> p.claim().verdict() == Verdict.NOT_TOLD_APART)
        .filter(p -> p.machine() == Pair.Machine.BOTH)
        .count();
  }

  /**
   * For a pull request: Markdown with the verdict first and a table of what differs.
   *
   * @param all whether the others follow, folded away
   */
  public String summary(boolean all) {
    return new ComparisonPage(this).summary(all);
  }
}
