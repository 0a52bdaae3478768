package shedlab.report.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code plan.json}: what a run set out to do, written before its first second.
 *
 * @param run the folder's name
 * @param question what the experiment asks, in one line
 * @param evidence false if the profile is too short to conclude anything from
 * @param host {@code containers} or {@code processes}
 * @param image the JRE image of the containers; empty for processes
 * @param strategies canonical texts, in the order of the charts
 * @param reference the strategy that the others are compared with, canonical; empty for none
 * @param variants the plain way first
 * @param loads multiples of the capacity, ascending
 * @param freshServer {@code strategy} or {@code cell}: what gets a server of its own
 * @param deadlineMillis a 200 later than this is late
 * @param phases the course of a cell's load after the lead-in
 * @param settings every key of the experiment as it was resolved, as text
 * @param serverCpus CPU list of the server, as in {@code taskset}
 * @param cells how many cells were planned
 */
public record Manifest(
    int formatVersion,
    String run,
    String experiment,
    String question,
    String profile,
    boolean evidence,
    String host,
    String image,
    List<String> servers,
    List<String> strategies,
    String reference,
    List<Variant> variants,
    List<Double> loads,
    List<Phase> phases,
    int repeats,
    String freshServer,
    long deadlineMillis,
    long timeoutMillis,
    double warmUpSeconds,
    double leadInSeconds,
    double measureSeconds,
    int taskUnits,
    int workers,
    int ioThreads,
    int workerNice,
    int compilerNice,
    String serverCpus,
    String injectorCpus,
    long seed,
    Map<String, String> settings,
    int cells) {

  /** The version that this code writes. */
  public static final int FORMAT = 3;

  /** True if the load of a cell is the same all the time. */
  public boolean plateau() {
    return Phase.plateau(phases);
  }

  /** True if what a server can do is the same all the time. */
  private boolean undisturbed() {
    return Stream.of("slowdown", "capacity-drop")
        .allMatch(key -> settings.getOrDefault(key, "").isEmpty());
  }

  /**
   * The most goodput that was to be had over a cell of a load, as a share of the capacity; NaN if
   * the capacity changes meanwhile.
   */
  public double possible(double load) {
    return undisturbed() ? Phase.mostServed(phases, load, 1) : Double.NaN;
  }

  /** Adds what plans of earlier versions did not have, as it then was. */
  static void upgrade(ObjectNode plan, int version) {
    if (version < 2) {
      plan.put("compilerNice", 0);
    }
    if (version < 3) {
      plan.put("reference", "");
      plan.putArray("variants").addObject().put("name", "").putObject("settings");
      plan.putArray("phases")
          .addObject()
          .put("from", 1.0)
          .put("to", 1.0)
          .set("seconds", plan.get("measureSeconds"));
      plan.putObject("settings");
    }
    plan.put("formatVersion", FORMAT);
  }

  /**
   * True if both plan the same cells; only the run's name and its measured task size may differ.
   */
  public boolean samePlanAs(Manifest other) {
    return unnamed().equals(other.unnamed());
  }

  private Manifest unnamed() {
    return new Manifest(
        formatVersion,
        "",
        experiment,
        question,
        profile,
        evidence,
        host,
        image,
        servers,
        strategies,
        reference,
        variants,
        loads,
        phases,
        repeats,
        freshServer,
        deadlineMillis,
        timeoutMillis,
        warmUpSeconds,
        leadInSeconds,
        measureSeconds,
        0,
        workers,
        ioThreads,
        workerNice,
        compilerNice,
        serverCpus,
        injectorCpus,
        seed,
        settings,
        cells);
  }
}
