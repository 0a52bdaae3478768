package shedlab.gatling.report;

import shedlab.gatling.result.RunFiles;
import shedlab.gatling.result.Summary;

/** A run in one line. */
public final class Headline {
  private Headline() {}

  /** The first sentence of its report's verdict. */
  public static String of(RunFiles run) {
    return verdict(run).best();
  }

  /** {@code 58 of 60 cells valid}. */
  public static String validity(RunFiles run) {
    return verdict(run).badge();
  }

  private static Verdict verdict(RunFiles run) {
    Summary summary = Summary.of(run.manifest(), run.cells());
    return new Verdict(
        run.manifest(), summary, run.cells(), new StrategyNames(summary.strategies()));
  }
}
