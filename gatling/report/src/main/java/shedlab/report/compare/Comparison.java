package shedlab.report.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import shedlab.report.Document;
import shedlab.report.metric.Better;
import shedlab.report.metric.Metric;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.pair.Pairs;
import shedlab.report.raw.Floor;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;

/**
 * A run compared with an earlier one, by the ratio of blocks with the same number, which had the
 * same arrivals. A change of the machine between the two runs is part of the ratios and cannot be
 * told from the effect of the change under test.
 */
public final class Comparison {
  /** Values that are equal in two runs on the same machine. */
  private static final List<String> MACHINE =
      List.of("CPU", "logical CPUs", "physical cores", "memory MiB");

  private static final double LEAST_VALID = 0.9;

  private final RunFiles before;
  private final RunFiles after;
  private final String beforeName;
  private final String afterName;
  private final List<Pair> pairs;
  private final boolean measuredFloor;
  private final CpuDifferences cpu;
  private final FlameDifferences flames;

  private Comparison(RunFiles before, RunFiles after) throws IOException {
    this.before = before;
    this.after = after;
    this.beforeName = name(before);
    this.afterName = name(after);
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

  private static String name(RunFiles run) {
    return run.folder().toAbsolutePath().normalize().getFileName().toString();
  }

  /** The part of a file's name that names both folders. */
  public String names() {
    return beforeName + "-" + afterName;
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
    Manifest a = before.manifest();
    Manifest b = after.manifest();
    var found = new ArrayList<String>();
    for (String key : MACHINE) {
      String here = before.env().get(key);
      String there = after.env().get(key);
      if (here != null && there != null) {
        same(found, key, here, there, "the same machine");
      }
    }
    same(found, "experiment", a.purpose().experiment(), b.purpose().experiment(), "the same");
    same(found, "profile", a.purpose().profile(), b.purpose().profile(), "the same");
    same(found, "host", a.setUp().host(), b.setUp().host(), "the same");
    same(found, "image", a.setUp().image(), b.setUp().image(), "the same");
    same(found, "serverCpus", a.setUp().serverCpus(), b.setUp().serverCpus(), "the same");
    same(
        found,
        "taskUnits",
        a.load().taskUnits(),
        b.load().taskUnits(),
        "the same work per request");
    same(found, "seed", a.seed(), b.seed(), "the same arrivals");
    same(found, "deadlineMillis", a.load().deadlineMillis(), b.load().deadlineMillis(), "the same");
    same(found, "timeoutMillis", a.load().timeoutMillis(), b.load().timeoutMillis(), "the same");
    same(found, "measureSeconds", a.load().measureSeconds(), b.load().measureSeconds(), "the same");
    same(found, "phases", a.load().phases(), b.load().phases(), "the same");
    same(found, "freshServer", a.grid().freshServer(), b.grid().freshServer(), "the same");
    if (!a.purpose().evidence() || !b.purpose().evidence()) {
      found.add("profile: " + b.purpose().profile() + " (expected: one that is evidence)");
    }
    validity(found, before, beforeName);
    validity(found, after, afterName);
    if (pairs.isEmpty()) {
      found.add("cells: none in common (expected: the same servers, strategies and loads)");
    }
    return List.copyOf(found);
  }

  private static void same(
      List<String> found, String key, Object before, Object after, String rule) {
    if (!Objects.equals(before, after)) {
      found.add(key + ": " + before + " and " + after + " (expected: " + rule + ")");
    }
  }

  private static void validity(List<String> found, RunFiles run, String name) {
    int planned = Math.max(run.manifest().grid().cells(), run.cells().size());
    long valid = run.cells().stream().filter(CellResult::valid).count();
    if (valid < LEAST_VALID * planned) {
      found.add(
          "cells: "
              + valid
              + " of "
              + planned
              + " of "
              + name
              + " are valid (expected: nine in ten or more)");
    }
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

  /** What became worse beyond noise; a smaller share of a greater capacity does not count. */
  public List<Pair> regressions() {
    return pairs.stream()
        .filter(p -> p.claim().verdict() == Verdict.WORSE && p.measure() != Metric.GOODPUT_SHARE)
        .toList();
  }

  private List<Pair> different() {
    return pairs.stream().filter(p -> p.claim().verdict().different()).toList();
  }

  /** The whole comparison: changes, warnings, and each pair of each measure. */
  public Document document() {
    Document page = overview(new Document("`" + beforeName + "` and `" + afterName + "`"));
    for (Metric measure : Metric.compared()) {
      List<Pair> of = pairs.stream().filter(p -> p.measure() == measure).toList();
      if (of.stream().anyMatch(p -> p.blocks() > 0)) {
        page.heading(measure.words());
        page.text(
            "B divided by A, block by block: the mean over the blocks. "
                + (measure.better() == Better.MORE ? "More" : "Less")
                + " is better.");
        page.table(PairRow.COLUMNS, 6, of.stream().map(PairRow::of).toList());
      }
    }
    return page;
  }

  /** Changes, warnings, and the pairs that differ. */
  public Document overview() {
    return overview(new Document("`" + beforeName + "` and `" + afterName + "`"));
  }

  private Document overview(Document page) {
    page.text("A is `" + beforeName + "`, B is `" + afterName + "`.");
    page.heading("What changed");
    List<Change> changes = Change.between(before, after);
    if (changes.isEmpty()) {
      page.text("Nothing in the plan or the environment.");
    }
    page.table(
        List.of("what", "A", "B"),
        3,
        changes.stream().map(c -> List.of(c.what(), c.before(), c.after())).toList());
    obstacles().forEach(o -> page.warning("These runs cannot be compared: " + o));
    powerless().ifPresent(p -> page.warning("Nothing can be told apart: " + p));
    page.heading("What differs");
    page.text(sentence());
    page.table(PairRow.DIFFERENCES, 5, different().stream().map(PairRow::ofDifference).toList());
    legend(page);
    cpu.addTo(page);
    flames.addTo(page, flameFolder());
    return page;
  }

  private void legend(Document page) {
    if (measuredFloor) {
      page.text(
          "`machine`: the response times of both, or of the one named, are at most twice the noise"
              + " floor of the machine at the same percentile, so not to be told from what the"
              + " machine itself adds.");
    }
  }

  private String sentence() {
    long judged = pairs.stream().filter(p -> p.blocks() >= Pairs.LEAST_BLOCKS).count();
    long better = pairs.stream().filter(p -> p.claim().verdict() == Verdict.BETTER).count();
    long equal = pairs.stream().filter(p -> p.claim().verdict() == Verdict.EQUAL).count();
    long worse = pairs.stream().filter(p -> p.claim().verdict() == Verdict.WORSE).count();
    return judged
        + " of "
        + pairs.size()
        + " comparisons have enough blocks; "
        + worse
        + " are worse and "
        + better
        + " better by more than identical (A/A) runs differ. Of the others, "
        + equal
        + " are equal.";
  }

  /**
   * For a pull request: Markdown with the verdict first, a table of what differs, and the rest
   * folded away.
   */
  public String summary() {
    List<Pair> worse = regressions();
    var page =
        new Document(
            worse.isEmpty()
                ? "No regression"
                : "Regression: " + worse.size() + " figures are worse");
    page.text("`" + afterName + "` against `" + beforeName + "`. " + sentence());
    page.table(PairRow.GATE, 4, different().stream().map(PairRow::ofGate).toList());
    legend(page);
    List<List<String>> rest =
        pairs.stream()
            .filter(p -> p.blocks() > 0 && !p.claim().verdict().different())
            .map(PairRow::ofGate)
            .toList();
    String folded = new Document("").table(PairRow.GATE, 4, rest).markdown();
    return page.markdown()
        + (rest.isEmpty()
            ? ""
            : "\n<details><summary>"
                + rest.size()
                + " others</summary>\n"
                + folded.substring(folded.indexOf('\n'))
                + "\n</details>\n");
  }
}
