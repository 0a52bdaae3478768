package shedlab.report.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import shedlab.report.metric.Summary;
import shedlab.report.metric.Summary.Row;
import shedlab.report.pair.Pairs;
import shedlab.report.pair.Precision;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.text.StrategyNames;

/** The answer in a few sentences, with the numbers; nothing is ranked within the noise. */
public final class Verdict {
  private final Manifest manifest;
  private final Summary summary;
  private final List<CellResult> cells;
  private final StrategyNames names;
  private final Pairs pairs;
  private final Refusals refusals;
  private final RampWords ramp;

  public Verdict(
      Manifest manifest,
      Summary summary,
      List<CellResult> cells,
      StrategyNames names,
      Pairs pairs,
      Refusals refusals,
      RampWords ramp) {
    this.ramp = ramp;
    this.pairs = pairs;
    this.refusals = refusals;
    this.manifest = manifest;
    this.summary = summary;
    this.cells = cells;
    this.names = names;
  }

  /** The load at which strategies are compared in one number: 2x, or else the nearest above. */
  public double referenceLoad() {
    return summary.loads().stream()
        .filter(l -> l >= 2)
        .min(Comparator.naturalOrder())
        .orElseGet(this::highestLoad);
  }

  /** The highest load of the run. */
  public double highestLoad() {
    return summary.loads().stream().max(Comparator.naturalOrder()).orElse(0.0);
  }

  /** The answers for a reader with one minute, in one or more lines of text. */
  public record Answer(String question, List<String> lines) {}

  /** The answers that this run gives. */
  public List<Answer> answers() {
    List<String> best = new ArrayList<>();
    if (offered().exceeds()) {
      most().onEach().forEach((server, who) -> best.add(server + ": " + who));
    }
    // Without a rank there is none that is highest.
    String goodput = best.isEmpty() ? "Goodput " : "Highest goodput ";
    if (best.isEmpty() && most().alone().isEmpty()) {
      best.add(best());
    }
    return Stream.of(
            new Answer(goodput + offered().at() + ", in % of capacity", best),
            new Answer("What do the variants change?", List.of(variants().sentence())),
            new Answer("The way down beside the way up", List.of(ramp.sentence())),
            new Answer("Servers with one strategy", List.of(String.join("; ", most().alone()))),
            new Answer("Who has less?", List.of(losses())),
            new Answer("Without shedding", List.of(unprotected())),
            new Answer(
                changesForGood() ? "Does goodput settle?" : "Does goodput recover?",
                List.of(recovery())),
            new Answer("What does a 429 cost?", List.of(refusals.words())),
            new Answer("False sheds below the capacity", List.of(falseSheds())),
            new Answer("Do the servers differ?", List.of(servers())),
            new Answer("Can it be trusted?", List.of(trust())))
        .filter(answer -> !String.join("", answer.lines()).isEmpty())
        .toList();
  }

  /** The answer in three sentences. */
  public List<String> sentences() {
    boolean first = variants().ofOneStrategy();
    return Stream.of(
            refusals.words(),
            first ? variants().sentence() : "",
            ramp.sentence(),
            best(),
            losses(),
            first ? "" : variants().sentence(),
            unprotected(),
            recovery(),
            falseSheds())
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private String losses() {
    return Losses.of(pairs, names, manifest, referenceLoad());
  }

  private VariantWords variants() {
    return VariantWords.of(pairs, refusals, names, referenceLoad());
  }

  private String trust() {
    return (noise() + " " + Noise.rule(manifest.grid().repeats(), Precision.of(manifest))).strip();
  }

  /** Which servers differ, and how. */
  public String servers() {
    return new ServerDifferences(manifest, summary, cells, names, pairs).at(referenceLoad());
  }

  /** How far the reference differed from its twin. */
  public String noise() {
    return Noise.ofTwins(summary.servers(), pairs);
  }

  private long valid() {
    return cells.stream().filter(CellResult::valid).count();
  }

  /** {@code 58 of 60 cells valid}. */
  public String badge() {
    int planned = Math.max(manifest.grid().cells(), cells.size());
    int missing = planned - cells.size();
    return valid()
        + " of "
        + planned
        + " cells valid"
        + (missing == 0 ? "" : ", " + missing + " not run");
  }

  /** True if more than a tenth of the planned cells have no valid figures. */
  public boolean doubtful() {
    return valid() < 0.9 * Math.max(manifest.grid().cells(), cells.size());
  }

  /**
   * A server's rows that are best at a load, and those without a difference found, best first; none
   * of a server with one strategy.
   */
  public List<Row> top(String server, double load) {
    return most().top(server, load);
  }

  /** The strategies with the most goodput at the reference load, and those that equal them. */
  public String best() {
    return most().sentence();
  }

  private Best most() {
    return new Best(manifest, summary, cells, names, referenceLoad());
  }

  /** What happens without shedding. */
  public String unprotected() {
    return WithoutShedding.of(manifest, summary.loads(), most()::rows);
  }

  /** What was shed although there was capacity. */
  public String falseSheds() {
    return FalseSheds.of(manifest, summary.loads(), most()::rows, names);
  }

  private OfferedLoad offered() {
    return new OfferedLoad(manifest, referenceLoad());
  }

  /** True if there is nothing to recover from, because what changes stays as it is. */
  public boolean changesForGood() {
    return manifest.changesForGood();
  }

  /** In how many cells goodput recovered after the disturbance, or settled, by strategy. */
  public String recovery() {
    return Recovery.of(Recovery.Event.of(manifest), summary.strategies(), cells, names);
  }
}
