package shedlab.report.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.report.result.Manifest;
import shedlab.report.result.Phase;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/**
 * The offered load of a cell in words: one load all the time, or a course of phases.
 *
 * @param load of the cell, in multiples of the capacity
 */
public record OfferedLoad(Manifest manifest, double load) {
  private static final int MANY = 6;

  /** In the text of arrivals that come in bursts: the rate in one, as a multiple of the mean. */
  private static final Pattern PEAK = Pattern.compile("[:,]peak=([0-9.]+)");

  /** {@code at 2x}. */
  public String at() {
    return manifest.plateau() ? "at " + Numbers.load(load) : "while the load changed";
  }

  /** The beginning of a sentence: {@code At 2x the capacity}, or the course, phase by phase. */
  public String over() {
    if (manifest.plateau()) {
      return "At " + Numbers.load(load) + " the capacity";
    }
    List<String> phases = new ArrayList<>();
    for (Phase phase : manifest.load().phases()) {
      String from = Numbers.load(load * phase.from());
      String to = Numbers.load(load * phase.to());
      String loads = from.equals(to) ? from : from + " to " + to;
      phases.add(loads + " for " + Numbers.plain(phase.seconds()) + " s");
    }
    return "Over "
        + (phases.size() > MANY ? phases.size() + " phases of load" : Prose.list(phases))
        + " (multiples of the capacity)";
  }

  /**
   * True if at some moment more may be offered than can be served, by the load, a burst or a lost
   * CPU.
   */
  boolean exceeds() {
    return Double.isNaN(manifest.possible(load))
        || manifest.load().phases().stream()
            .anyMatch(phase -> burst() * load * Math.max(phase.from(), phase.to()) > 1);
  }

  /** The rate in a burst, as a multiple of the mean; 1 without bursts. */
  private double burst() {
    Matcher peak = PEAK.matcher(manifest.settings().getOrDefault("arrivals", ""));
    return peak.find() ? Double.parseDouble(peak.group(1)) : 1;
  }

  /** The achievable goodput, if the load is not always above the capacity. */
  public String possible() {
    return manifest.plateau() || Double.isNaN(manifest.possible(load))
        ? ""
        : " At most " + Numbers.wholePercent(manifest.possible(load)) + " was achievable.";
  }
}
