package shedlab.report;

import java.io.IOException;
import java.util.List;
import shedlab.report.finding.Ramp;
import shedlab.report.finding.RampWords;
import shedlab.report.finding.Refusals;
import shedlab.report.finding.Verdict;
import shedlab.report.metric.Summary;
import shedlab.report.pair.Pairs;
import shedlab.report.result.CellResult;
import shedlab.report.result.RunFiles;
import shedlab.report.text.StrategyNames;

/**
 * A run in one line.
 *
 * @param found the first sentence of its report's verdict
 * @param validity {@code 58 of 60 cells valid}
 */
public record Headline(String found, String validity) {
  /**
   * The headline of a run, finished or not.
   *
   * @throws IOException that names the file, if a time series is not what it should be
   */
  public static Headline of(RunFiles run) throws IOException {
    List<CellResult> cells = run.cells();
    Summary summary = Summary.of(run.manifest(), cells);
    var names = new StrategyNames(summary.strategies());
    Pairs pairs = Pairs.of(run.manifest(), cells);
    var refusals = new Refusals(run.manifest(), summary);
    var ramp = new RampWords(Ramp.of(run), names);
    var verdict = new Verdict(run.manifest(), summary.plain(), cells, names, pairs, refusals, ramp);
    return new Headline(verdict.sentences().get(0), verdict.badge());
  }
}
